import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FakeApiServer } from '@weft/kubernetes/testing'
import { silentLogger } from '@weft/telemetry'
import { FakeClock } from '@weft/time/testing'
import { afterEach, describe, expect, test } from 'vitest'
import { SecretAuthorityStore } from '../kubernetes/secret-authority-store.ts'
import { Hierarchy } from '../sign/hierarchy.ts'
import type { AuthorityStore } from './authority-store.ts'
import { FileAuthorityStore } from './file-authority-store.ts'

const SECRET = 'a secret of more than thirty-two characters'
const OTHER_SECRET = 'another secret of more than thirty-two characters'

/** A place, and another view of it for each call, as a replica or a restarted process has it. */
interface Place {
  readonly view: (secret?: string) => AuthorityStore
  /** Removes the authorities and leaves the published roots. */
  readonly lose: () => void
}

const endings: Array<() => Promise<void> | void> = []
afterEach(async () => {
  for (const end of endings.splice(0)) await end()
})

const places: ReadonlyArray<readonly [string, () => Promise<Place>]> = [
  [
    'a directory',
    async () => {
      const dir = mkdtempSync(join(tmpdir(), 'weft-authorities-'))
      endings.push(() => rmSync(dir, { recursive: true }))
      return {
        view: (secret = SECRET) => new FileAuthorityStore(join(dir, 'ca'), secret),
        lose: () => ['root.json', 'issuing.json'].forEach((name) => rmSync(join(dir, 'ca', name))),
      }
    },
  ],
  [
    'a Secret',
    async () => {
      const api = await FakeApiServer.start()
      endings.push(() => api[Symbol.asyncDispose]())
      const client = api.client()
      return {
        view: (secret = SECRET) => new SecretAuthorityStore({ client, namespace: 'weft-system', owner: '' }, secret),
        lose: () => api.remove('v1', 'secrets', 'weft-system', 'weft-ca'),
      }
    },
  ],
]

const clock = new FakeClock()
const open = (store: AuthorityStore): Promise<Hierarchy> =>
  Hierarchy.open({ store, trustDomain: 'td', clock, log: silentLogger })

describe.each(places)('authorities in %s', (_, make) => {
  test('are what was stored, for the next who opens them', async () => {
    const { view } = await make()
    const first = await open(view())

    const second = await open(view())

    expect(second.root.pem).toBe(first.root.pem)
    expect(second.issuing.pem).toBe(first.issuing.pem)
    expect(await view().publishedRoots()).toBe(first.root.pem)
  })

  test('are replaced only by who has read them as they are', async () => {
    const { view } = await make()
    const { root, issuing } = await open(view())
    const { version } = await view().read()

    expect(await view().replace({ root, issuing }, 'another version')).toBe(false)
    expect((await view().read()).version, 'nothing was changed').toBe(version)
    expect(await view().replace({ root, issuing }, version)).toBe(true)
  })

  test('do not open with another secret, and nothing is touched', async () => {
    const { view } = await make()
    const { root } = await open(view())

    await expect(open(view(OTHER_SECRET))).rejects.toMatchObject({ code: 'key_sealed' })

    expect((await open(view())).root.pem).toBe(root.pem)
  })

  test('that are lost are not replaced by others quietly, but by a replica that still has them', async () => {
    const { view, lose } = await make()
    const alive = await open(view())
    lose()

    await expect(open(view())).rejects.toMatchObject({ code: 'root_lost' })
    await alive.restore()

    expect((await open(view())).root.pem).toBe(alive.root.pem)
  })
})

describe('replicas', () => {
  test('that start at once agree on one root and one issuing authority', async () => {
    const { view } = await places[1]![1]()

    const replicas = await Promise.all(Array.from({ length: 4 }, () => open(view())))

    expect(new Set(replicas.map(({ root }) => root.pem)).size).toBe(1)
    expect(new Set(replicas.map(({ issuing }) => issuing.pem)).size).toBe(1)
  })

  test('find out when the store holds another root than theirs', async () => {
    const one = await places[1]![1]()
    const other = await places[1]![1]()
    const mine = await open(one.view())
    const { root, issuing } = await open(other.view())
    const { version } = await one.view().read()
    await one.view().replace({ root, issuing }, version)

    await expect(mine.restore()).rejects.toMatchObject({ code: 'root_replaced' })
  })
})
