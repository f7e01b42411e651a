import { randomUUID } from 'node:crypto'
import { covers, accessOf, isAllowed } from '@weft/kubernetes'
import { FakeApiServer } from '@weft/kubernetes/testing'
import { silentLogger } from '@weft/telemetry'
import { FakeClock } from '@weft/time/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { caAccess } from './access.ts'
import { keyEncryptionSecret } from './key-encryption-secret.ts'
import { secretPath, settleOwners, type KubernetesPlace, type Secret } from './owned-object.ts'
import { SecretAuthorityStore } from './secret-authority-store.ts'
import { Hierarchy } from '../sign/hierarchy.ts'

const NAMESPACE = 'weft-system'

let api: FakeApiServer
let place: KubernetesPlace
beforeEach(async () => {
  api = await FakeApiServer.start()
  place = { client: api.client(), namespace: NAMESPACE, owner: 'weft-ca' }
  api.put({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'weft-ca', namespace: NAMESPACE, uid: randomUUID() },
  })
})
afterEach(() => api[Symbol.asyncDispose]())

test('replicas that start at once agree on one key-encryption key', async () => {
  const secrets = await Promise.all(Array.from({ length: 3 }, () => keyEncryptionSecret(place, silentLogger)))

  expect(new Set(secrets).size).toBe(1)
  expect(secrets[0]).toMatch(/^[0-9a-f]{64}$/)
})

test('a key-encryption key that is lost, or too short, is named and not replaced', async () => {
  await place.client.create(secretPath(NAMESPACE), { metadata: { name: 'weft-ca', namespace: NAMESPACE } })
  await expect(keyEncryptionSecret(place, silentLogger)).rejects.toThrow(
    'in Secret weft-system/weft-ca-key: found none, while Secret weft-system/weft-ca exists, expected the one it was encrypted with',
  )

  const short = { metadata: { name: 'weft-ca-key', namespace: NAMESPACE }, data: { key: 'aHVudGVyMg==' } }
  await place.client.create<Secret>(secretPath(NAMESPACE), short)
  await expect(keyEncryptionSecret(place, silentLogger)).rejects.toThrow(
    'found 7 characters under "key", expected 32 or more',
  )
})

test('what the CA makes goes with its ServiceAccount, unless the owner is nobody', async () => {
  await keyEncryptionSecret(place, silentLogger)
  await new SecretAuthorityStore({ ...place, owner: '' }, 'x'.repeat(32)).publishRoots('pem')

  const owned = api.get('v1', 'secrets', NAMESPACE, 'weft-ca-key')
  expect(owned?.metadata.ownerReferences).toMatchObject([{ kind: 'ServiceAccount', name: 'weft-ca' }])
  expect(api.get('v1', 'configmaps', NAMESPACE, 'weft-roots')?.metadata.ownerReferences).toBeUndefined()
})

test('what the CA has made follows the owner that it is to have now; what others made does not', async () => {
  await new SecretAuthorityStore(place, 'x'.repeat(32)).publishRoots('pem')
  const theirs = { metadata: { name: 'weft-ca-key', namespace: NAMESPACE }, data: { key: 'eA==' } }
  await place.client.create<Secret>(secretPath(NAMESPACE), theirs)
  const ownersOf = (plural: string, name: string): unknown =>
    api.get('v1', plural, NAMESPACE, name)?.metadata.ownerReferences ?? []

  await settleOwners({ ...place, owner: '' })
  expect(ownersOf('configmaps', 'weft-roots'), 'the root is to be kept').toEqual([])
  await settleOwners(place)
  expect(ownersOf('configmaps', 'weft-roots')).toMatchObject([{ name: 'weft-ca' }])
  expect(ownersOf('secrets', 'weft-ca-key')).toEqual([])
})

test('a start, a second replica and a restoration ask only what the roles allow', async () => {
  const store = new SecretAuthorityStore(place, await keyEncryptionSecret(place, silentLogger))
  const options = { store, trustDomain: 'td', clock: new FakeClock(), log: silentLogger }
  const hierarchy = await Hierarchy.open(options)
  await Hierarchy.open({
    ...options,
    store: new SecretAuthorityStore(place, await keyEncryptionSecret(place, silentLogger)),
  })
  api.remove('v1', 'configmaps', NAMESPACE, 'weft-roots')
  await hierarchy.restore()
  await settleOwners(place)

  const asked = api.requests.map(({ method, path }) => accessOf({ method, path })!)
  for (const access of asked) expect(isAllowed(caAccess, access, NAMESPACE), JSON.stringify(access)).toBe(true)
  const inMesh = caAccess.filter(({ scope }) => scope === 'mesh')
  const unused = inMesh.filter((rule) => !asked.some((access) => covers(rule, access, NAMESPACE)))
  expect(unused, 'every rule has a use').toEqual([])
})
