import { expect, test } from 'vitest'
import { silentLogger } from '@weft/telemetry'
import { FakeClock } from '@weft/time/testing'
import { WorkloadIdentities, type IssuedIdentity } from './workload-identities.ts'

const DAY_MS = 86_400_000

function setUp() {
  const clock = new FakeClock(false)
  const told: string[] = []
  const ca = { calls: 0, failure: '' }
  const kept = new Map<string, IssuedIdentity>()
  const identities = new WorkloadIdentities(
    async () => {
      ca.calls++
      if (ca.failure !== '') throw new Error(ca.failure)
      return {
        chainPem: `chain ${ca.calls}`,
        keyPem: '',
        rootsPem: '',
        notBeforeMs: clock.wallMs(),
        notAfterMs: clock.wallMs() + DAY_MS,
      }
    },
    {
      find: (identity) => kept.get(identity) ?? null,
      keep: (identity, issued) => void kept.set(identity, issued),
      forget: (identity) => void kept.delete(identity),
    },
    { onIdentity: (message) => told.push(message.chainPem), onForget: (identity) => told.push(`forget ${identity}`) },
    clock,
    () => 0,
    silentLogger,
  )
  const turns = () => new Promise((resolve) => setImmediate(resolve))
  return { clock, told, ca, kept, identities, turns }
}

test('acquire() asks the CA once for two workloads of one identity', async () => {
  const { identities, ca } = setUp()
  await Promise.all([
    identities.acquire('a', 'spiffe://td/ns/x/sa/y'),
    identities.acquire('b', 'spiffe://td/ns/x/sa/y'),
  ])
  expect(ca.calls).toBe(1)
})

test('acquire() rejects with what the CA said, and works when it gives', async () => {
  const { identities, ca } = setUp()
  ca.failure = 'not registered'
  await expect(identities.acquire('a', 'id')).rejects.toThrow('not registered')
  ca.failure = ''
  await identities.acquire('a', 'id')
  expect(identities.expiries()).toHaveLength(1)
})

test('a certificate is renewed at half-life, and again and again when the CA is away', async () => {
  const { identities, clock, told, ca, turns } = setUp()
  await identities.acquire('a', 'id')
  clock.advance(DAY_MS / 2 - 1)
  await turns()
  expect(told).toEqual(['chain 1'])
  ca.failure = 'away'
  clock.advance(1)
  await turns()
  clock.advance(2_000)
  await turns()
  ca.failure = ''
  clock.advance(2_000)
  await turns()

  expect(ca.calls).toBe(4)
  expect(told).toEqual(['chain 1', 'chain 4'])
})

test('release() forgets an identity with its last workload, and renews it no more', async () => {
  const { identities, clock, told, ca, turns } = setUp()
  await identities.acquire('a', 'id')
  await identities.acquire('b', 'id')
  identities.release('a')
  expect(told).toEqual(['chain 1'])
  identities.release('b')
  clock.advance(DAY_MS)
  await turns()
  expect(told).toEqual(['chain 1', 'forget id'])
  expect(ca.calls).toBe(1)
})

test('an identity of an earlier life is used without the CA, renewed in time, and forgotten with its last workload', async () => {
  const { identities, clock, told, ca, kept, turns } = setUp()
  const nowMs = clock.wallMs()
  const issued = { chainPem: 'kept', keyPem: '', rootsPem: '', notBeforeMs: nowMs - DAY_MS / 4 }
  kept.set('id', { ...issued, notAfterMs: nowMs + (DAY_MS * 3) / 4 })
  ca.failure = 'away'
  await identities.acquire('a', 'id')
  expect([told, ca.calls]).toEqual([['kept'], 0])

  ca.failure = ''
  clock.advance(DAY_MS / 4)
  await turns()
  expect(told).toEqual(['kept', 'chain 1'])
  expect(kept.get('id')?.chainPem).toBe('chain 1')
  identities.release('a')
  expect(kept.size).toBe(0)
})
