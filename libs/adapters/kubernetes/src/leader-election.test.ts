import { expect, test } from 'vitest'
import { silentLogger } from '@weft/telemetry'
import type { Clock } from '@weft/time'
import { FakeClock, seededRandom } from '@weft/time/testing'
import { LeaderElection, type LeaderElectionOptions } from './leader-election.ts'
import { FakeApiServer } from './testing/index.ts'

/** The clock of another machine: its zero and its wall time mean nothing here. */
function skewed(clock: FakeClock, byMs: number): Clock {
  return {
    nowMs: () => clock.nowMs() + byMs,
    wallMs: () => clock.wallMs() - 10 * byMs,
    after: (delayMs, task) => clock.after(delayMs, task),
    sleepUntil: (atMs) => clock.sleepUntil(atMs - byMs),
  }
}

function candidate(
  api: FakeApiServer,
  clock: FakeClock,
  identity: string,
  skewMs = 0,
  client: LeaderElectionOptions['client'] = api.client(clock),
): LeaderElection {
  const options = { client, namespace: 'weft-system', name: 'weft-status', identity }
  return new LeaderElection(options, skewed(clock, skewMs), seededRandom(identity.length), silentLogger)
}

/** Moves time on, letting requests come back in between. */
async function pass(clock: FakeClock, ms: number): Promise<void> {
  for (let i = 0; i < ms; i += 500) {
    clock.advance(500)
    await new Promise((resolve) => setTimeout(resolve, 8))
  }
}

test('LeaderElection has one leader, and another within the lease when it dies, whatever their clocks say', async () => {
  await using api = await FakeApiServer.start()
  const clock = new FakeClock(false)
  const [a, b] = [candidate(api, clock, 'a', 86_400_000), candidate(api, clock, 'bb', -7_000_000)]

  await a.start()
  await b.start()
  await pass(clock, 30_000)
  expect([a.isLeader, b.isLeader, b.holder]).toEqual([true, false, 'a'])

  a.stop()
  await pass(clock, 12_000)
  expect(b.isLeader, 'not before the lease is over').toBe(false)
  await pass(clock, 8_000)
  expect(b.isLeader).toBe(true)
  b.stop()
})

test('LeaderElection ends to lead before others may, when it cannot renew', async () => {
  await using api = await FakeApiServer.start()
  const clock = new FakeClock(false)
  const client = api.client(clock)
  let isCut = false
  const mayBeCut: LeaderElectionOptions['client'] = {
    get: (path) => client.get(path),
    create: (path, object) => client.create(path, object),
    replace: (path, object) => (isCut ? Promise.reject(new Error('no route')) : client.replace(path, object)),
  }
  const [a, b] = [candidate(api, clock, 'a', 0, mayBeCut), candidate(api, clock, 'bb')]
  const changes: string[] = []
  a.onChange((leads) => changes.push(`a ${leads}`))
  b.onChange((leads) => changes.push(`b ${leads} while a ${a.isLeader}`))
  await a.start()
  await b.start()
  await pass(clock, 10_000)

  isCut = true
  await pass(clock, 30_000)

  expect(changes).toEqual(['a true', 'a false', 'b true while a false'])
  a.stop()
  b.stop()
})

test('LeaderElection.release() lets another lead at once', async () => {
  await using api = await FakeApiServer.start()
  const clock = new FakeClock(false)
  const [a, b] = [candidate(api, clock, 'a'), candidate(api, clock, 'bb')]
  await a.start()
  await b.start()

  await a.release()
  await pass(clock, 4_000)

  expect([a.isLeader, b.isLeader]).toEqual([false, true])
  b.stop()
})

test('LeaderElection gives two who find no lease at once only one', async () => {
  await using api = await FakeApiServer.start()
  const clock = new FakeClock(false)
  const all = ['a', 'bb', 'ccc'].map((identity) => candidate(api, clock, identity))

  await Promise.all(all.map((one) => one.start()))

  expect(all.filter((one) => one.isLeader)).toHaveLength(1)
  for (const one of all) one.stop()
})
