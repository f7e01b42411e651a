import { createPublicKey } from 'node:crypto'
import { FakeApiServer } from '@weft/kubernetes/testing'
import { generatePrivateKey } from '@weft/mtls'
import { FakeClock } from '@weft/time/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { FailureLimit } from '../attest/failure-limit.ts'
import { ServiceAccountAdmission } from './service-account-admission.ts'

const AGENT = 'system:serviceaccount:weft-system:weft-agent'
const publicKey = createPublicKey(generatePrivateKey().keyObject)

let api: FakeApiServer
let admission: ServiceAccountAdmission
beforeEach(async () => {
  api = await FakeApiServer.start()
  admission = new ServiceAccountAdmission(
    api.client(),
    'weft-system',
    new FailureLimit(new FakeClock(), { failuresMax: 2 }),
  )
})
afterEach(() => api[Symbol.asyncDispose]())

const admit = (token = 'a.b.c', peer = '198.18.0.1:1') => admission.admit(token, peer, () => publicKey)
const bound = { 'pod-name': ['weft-agent-x'], 'pod-uid': ['u'], 'node-name': ['node1.example'], 'node-uid': ['n'] }

/** What the API server says of every token. */
function answer(
  username: string,
  claims: Readonly<Record<string, readonly string[]>> = bound,
  audiences = ['weft-ca'],
): void {
  const extra = Object.fromEntries(
    Object.entries(claims).map(([name, values]) => [`authentication.kubernetes.io/${name}`, values]),
  )
  api.tokenReview = () => ({ authenticated: true, audiences, user: { username, extra } })
}

test.each([
  [AGENT, 'node/node1.example'],
  ['system:serviceaccount:weft-system:weft-control-plane', 'control-plane'],
  ['system:serviceaccount:weft-system:weft-policy', 'policy'],
])('a token of %s makes its bearer %s', async (username, role) => {
  let asked: unknown = null
  api.tokenReview = (token, audiences) => {
    asked = { token, audiences }
    const extra = {
      'authentication.kubernetes.io/pod-name': ['x'],
      'authentication.kubernetes.io/node-name': ['node1.example'],
    }
    return { authenticated: true, audiences: ['weft-ca'], user: { username, extra } }
  }

  expect(await admit()).toEqual({ role, publicKey })
  expect(asked).toEqual({ token: 'a.b.c', audiences: ['weft-ca'] })
})

test.each<[string, () => void, string]>([
  ['that the API server does not know', () => (api.tokenReview = () => null), 'token_unknown'],
  ['for another audience', () => answer(AGENT, bound, ['https://kubernetes.default.svc']), 'token_unknown'],
  ['without audiences', () => answer(AGENT, bound, []), 'token_unknown'],
  ['of the CA itself', () => answer('system:serviceaccount:weft-system:weft-ca'), 'account_unknown'],
  ['of another namespace', () => answer('system:serviceaccount:default:weft-agent'), 'account_unknown'],
  ['of a user', () => answer('weft-agent'), 'account_unknown'],
  [
    'of a name that is a property of objects',
    () => answer('system:serviceaccount:weft-system:constructor'),
    'account_unknown',
  ],
  ['of a name that only begins like ours', () => answer(`${AGENT}:x`), 'account_unknown'],
  ['that is bound to nothing', () => answer(AGENT, {}), 'token_unbound'],
  ['that is bound to a node alone', () => answer(AGENT, { 'node-name': ['node1'] }), 'token_unbound'],
  ['that is bound to two nodes', () => answer(AGENT, { ...bound, 'node-name': ['a', 'b'] }), 'token_unbound'],
  ['of a node that is no name', () => answer(AGENT, { ...bound, 'node-name': ['../ca'] }), 'token_unbound'],
])('a token %s is refused', async (_, given, code) => {
  given()

  await expect(admit()).rejects.toMatchObject({ code, status: 'permission_denied' })
})

test('what is no token at all is not asked about', async () => {
  for (const token of ['', 'x', 'a.b', `${'a'.repeat(20_000)}.b.c`]) {
    await expect(admit(token, `198.18.0.${token.length % 250}:1`)).rejects.toMatchObject({ code: 'token_unknown' })
  }
  expect(api.requests).toEqual([])
})

test('an API server that is away refuses nobody for good, and is no failure of the caller', async () => {
  answer(AGENT)
  await api.away()
  for (let i = 0; i < 3; i++)
    await expect(admit()).rejects.toMatchObject({ code: 'review_unavailable', status: 'unavailable' })

  await api.listen()

  expect((await admit()).role).toBe('node/node1.example')
})

test('too many failures from one address make it wait, others not', async () => {
  api.tokenReview = () => null
  for (let i = 0; i < 2; i++) await expect(admit()).rejects.toMatchObject({ code: 'token_unknown' })
  answer(AGENT)

  await expect(admit()).rejects.toMatchObject({ code: 'rate_limited' })
  expect((await admit('a.b.c', '198.18.0.2:1')).role).toBe('node/node1.example')
})
