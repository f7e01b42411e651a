import { FakeApiServer } from '@weft/kubernetes/testing'
import { silentLogger } from '@weft/telemetry'
import { FakeClock } from '@weft/time/testing'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { PodRegistration } from './pod-registration.ts'

const WEB = 'spiffe://td/ns/shop/sa/web'

let api: FakeApiServer
let clock: FakeClock
let registration: PodRegistration
beforeEach(async () => {
  api = await FakeApiServer.start()
  clock = new FakeClock(false)
  registration = new PodRegistration(api.client(clock), clock, () => 0.5, silentLogger)
})
afterEach(async () => {
  registration.stop()
  await api[Symbol.asyncDispose]()
})

function put(name: string, nodeName: string, phase = 'Running', serviceAccountName = 'web'): void {
  const metadata = { name, namespace: 'shop', uid: name }
  api.put({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata,
    spec: { nodeName, serviceAccountName },
    status: { phase },
  } as never)
}

/** What becomes of a question, with a second passing meanwhile. */
async function ask(node: string, identity = WEB): Promise<string> {
  let result = ''
  registration.check(node, identity).then(
    () => (result = 'registered'),
    (error: { code: string }) => (result = error.code),
  )
  await new Promise((resolve) => setImmediate(resolve))
  clock.advance(1_000)
  await vi.waitFor(() => expect(result).not.toBe(''))
  return result
}

test('a node may hold the identities of its own pods, and no others', async () => {
  put('web-1', 'node1')
  await registration.start()

  expect(await ask('node1')).toBe('registered')
  expect(await ask('node2')).toBe('not_registered')
  expect(await ask('node1', 'spiffe://td/ns/shop/sa/db')).toBe('not_registered')
  expect(await ask('node1', 'spiffe://td/ns/other/sa/web')).toBe('not_registered')
})

test.each(['Succeeded', 'Failed'])('a pod that has %s counts no more', async (phase) => {
  put('web-1', 'node1')
  put('web-2', 'node1')
  await registration.start()

  put('web-1', 'node1', phase)
  put('web-2', 'node2')
  await vi.waitFor(async () => expect(await ask('node1')).toBe('not_registered'))

  expect(await ask('node2')).toBe('registered')
})

test('a pod that is bound a moment later than its node asks is waited for', async () => {
  put('web-1', '')
  await registration.start()

  const checked = registration.check('node1', WEB)
  put('web-1', 'node1')

  await expect(checked).resolves.toBeUndefined()
})

test('nothing is issued before the pods are known, nor when the API server has been silent for long', async () => {
  expect(await ask('node1')).toBe('pods_unknown')

  put('web-1', 'node1')
  await registration.start()
  clock.advance(140_000)
  expect(await ask('node1')).toBe('registered')
  clock.advance(10_000)
  expect(await ask('node1')).toBe('pods_unknown')
})
