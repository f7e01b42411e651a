import { fault } from '@weft/faults'
import { TimerWheel } from '@weft/time'
import { FakeClock } from '@weft/time/testing'
import { expect, test } from 'vitest'
import { type Connected, defaultPoolOptions, ExclusivePool, type PoolOptions } from './index.ts'

class Member {
  readonly id: number
  isUsable = true
  isClosed = false
  keptIdleMs = -1

  constructor(id: number) {
    this.id = id
  }

  close(): void {
    this.isClosed = true
    this.isUsable = false
  }
}

function poolOf(
  options: Partial<PoolOptions> = {},
  connect?: () => Promise<Connected<Member>>,
): { pool: ExclusivePool<Member>; clock: FakeClock; made: Member[] } {
  const clock = new FakeClock()
  const made: Member[] = []
  const make = async (): Promise<Connected<Member>> => {
    const connection = new Member(made.length)
    made.push(connection)
    return { ok: true, connection }
  }
  const wheel = new TimerWheel(clock, 100)
  const pool = new ExclusivePool('cart', connect ?? make, { ...defaultPoolOptions, ...options }, wheel, () =>
    clock.nowMs(),
  )
  return { pool, clock, made }
}

async function leaseFrom(pool: ExclusivePool<Member>): Promise<Member> {
  const leased = await pool.lease()
  if (!leased.ok) throw new Error(leased.reason.message)
  return leased.connection
}

test('ExclusivePool hands out the connection that was given back last', async () => {
  const { pool } = poolOf()
  const first = await leaseFrom(pool)
  const second = await leaseFrom(pool)
  pool.release(first)
  pool.release(second)

  expect(await leaseFrom(pool)).toBe(second)
  expect(await leaseFrom(pool)).toBe(first)
})

test('ExclusivePool never hands out a connection that is no longer usable', async () => {
  const { pool, made } = poolOf()
  const first = await leaseFrom(pool)
  pool.release(first)
  first.isUsable = false

  const next = await leaseFrom(pool)

  expect(next).toBe(made[1])
  expect(pool.idleCount).toBe(0)
})

test('ExclusivePool makes requests wait at connectionsMax, in order, and faults overloaded at pendingMax', async () => {
  const { pool } = poolOf({ connectionsMax: 1, pendingMax: 2 })
  const only = await leaseFrom(pool)
  const order: string[] = []
  const second = pool.lease().then((leased) => (order.push('second'), leased))
  const third = pool.lease().then((leased) => (order.push('third'), leased))

  const refused = await pool.lease()
  pool.release(only)
  await second
  pool.release(only)
  await third

  expect(refused).toMatchObject({ ok: false, code: 'overloaded' })
  expect(order).toEqual(['second', 'third'])
  expect(pool.busyCount).toBe(1)
})

test('ExclusivePool makes a new connection for who waits when the one in use broke', async () => {
  const { pool, made } = poolOf({ connectionsMax: 1 })
  const broken = await leaseFrom(pool)
  const waiting = pool.lease()
  broken.isUsable = false

  pool.release(broken)

  expect(await waiting).toMatchObject({ ok: true, connection: made[1], reused: false })
})

test('ExclusivePool hands up what connect says and is free again', async () => {
  const refusal = fault('connect_failed', 'dial', 'nobody there')
  const { pool } = poolOf({ connectionsMax: 1 }, async () => refusal)

  expect(await pool.lease()).toBe(refusal)
  expect(pool.isUnused).toBe(true)
})

test('ExclusivePool closes what is idle too long and what is over idleMax, oldest first', async () => {
  const { pool, clock, made } = poolOf({ idleMax: 2, idleTimeoutMs: 1_000 })
  const all = [await leaseFrom(pool), await leaseFrom(pool), await leaseFrom(pool)]
  for (const connection of all) pool.release(connection)
  expect(made.map((connection) => connection.isClosed)).toEqual([true, false, false])

  clock.advance(1_200)

  expect(made.every((connection) => connection.isClosed)).toBe(true)
  expect(pool.isUnused).toBe(true)
})

test('ExclusivePool.close() refuses those that wait and closes what comes back', async () => {
  const { pool } = poolOf({ connectionsMax: 1 })
  const leased = await leaseFrom(pool)
  const waiting = pool.lease()

  pool.close()
  pool.release(leased)

  expect(await waiting).toMatchObject({ ok: false, code: 'draining' })
  expect(leased.isClosed).toBe(true)
})

/** Time passes in small steps, so that what is made meanwhile is there. */
async function pass(clock: FakeClock, ms: number): Promise<void> {
  for (let i = 0; i < ms; i += 50) {
    clock.advance(50)
    for (let turn = 0; turn < 5; turn++) await Promise.resolve()
  }
}

test('ExclusivePool learns from two closings how long its peer keeps idle connections, and stays below', async () => {
  const { pool, clock } = poolOf({ idleTimeoutMs: 60_000 })
  for (let i = 0; i < 2; i++) {
    const connection = await leaseFrom(pool)
    pool.release(connection)
    clock.advance(5_000 + 40 * i)
    connection.isUsable = false
    pool.release(connection)
  }

  expect(pool.idleLimitMs).toBe(3_750)
  const connection = await leaseFrom(pool)
  pool.release(connection)
  clock.advance(3_700)
  expect(pool.tryLease()).toBe(connection)
  pool.release(connection)
  clock.advance(3_760)
  expect(pool.tryLease(), 'its peer may be closing it').toBeNull()
  expect(connection.isClosed).toBe(true)
})

test('ExclusivePool stays below what its peer says it keeps idle connections for, what it said last', async () => {
  const { pool, clock } = poolOf({ idleTimeoutMs: 60_000 })
  const connection = await leaseFrom(pool)
  connection.keptIdleMs = 4_000
  pool.release(connection)
  expect(pool.idleLimitMs).toBe(3_000)

  expect(pool.tryLease()).toBe(connection)
  connection.keptIdleMs = 100_000
  pool.release(connection)
  expect(pool.idleLimitMs, 'no longer than is configured').toBe(60_000)

  expect(pool.tryLease()).toBe(connection)
  connection.keptIdleMs = 0
  pool.release(connection)
  expect(pool.tryLease(), 'not kept at all').toBeNull()
  expect(connection.isClosed).toBe(true)
  clock.advance(1_000)
  expect(pool.isUnused).toBe(true)
})

test('ExclusivePool learns nothing from one closing, from a restart, or from connections in use', async () => {
  const { pool, clock } = poolOf({ idleTimeoutMs: 60_000 })
  const kept = [await leaseFrom(pool), await leaseFrom(pool), await leaseFrom(pool)]
  for (const connection of kept) {
    pool.release(connection)
    clock.advance(2_000)
  }
  for (const connection of kept.slice(0, 2)) {
    connection.isUsable = false
    pool.release(connection)
  }
  const used = await leaseFrom(pool)
  used.isUsable = false
  pool.release(used)

  expect(pool.idleLimitMs).toBe(60_000)
  expect(pool.isUnused).toBe(true)
})

test('ExclusivePool tries a learned limit out again, a little longer each time', async () => {
  const { pool, clock } = poolOf({ idleTimeoutMs: 60_000 })
  for (let i = 0; i < 2; i++) {
    const connection = await leaseFrom(pool)
    pool.release(connection)
    clock.advance(4_000)
    connection.isUsable = false
    pool.release(connection)
  }
  expect(pool.idleLimitMs).toBe(3_000)

  for (let i = 0; i < 40; i++) {
    pool.release(await leaseFrom(pool))
    clock.advance(4_000)
  }
  expect(pool.idleLimitMs).toBeGreaterThan(3_000)
  expect(pool.idleLimitMs).toBeLessThan(4_000)
})

test('ExclusivePool uses no connection again that is too old or has been lent too often', async () => {
  const { pool, clock } = poolOf({ ageMaxMs: 10_000, leasesMax: 2 })
  const first = await leaseFrom(pool)
  pool.release(first)
  expect(await leaseFrom(pool)).toBe(first)
  pool.release(first)
  expect(first.isClosed, 'lent twice').toBe(true)

  const second = await leaseFrom(pool)
  pool.release(second)
  clock.advance(10_000)
  expect(second.isClosed, 'closed when it is old, without being asked for').toBe(true)
  const third = await leaseFrom(pool)
  clock.advance(11_000)
  expect(third.isClosed, 'not while in use').toBe(false)
  pool.release(third)
  expect(third.isClosed).toBe(true)
  expect(pool.isUnused).toBe(true)
})

test('ExclusivePool ends connections of one age apart from each other', () => {
  const clock = new FakeClock()
  const wheel = new TimerWheel(clock, 10)
  let chance = 0
  const random = (): number => (chance = (chance + 0.37) % 1)
  const options = { ...defaultPoolOptions, ageMaxMs: 10_000 }
  const none = async (): Promise<Connected<Member>> => fault('connect_failed', 'test', 'none')
  const pool = new ExclusivePool<Member>('cart', none, options, wheel, () => clock.nowMs(), random)
  const members = Array.from({ length: 20 }, (_, id) => new Member(id))
  for (const member of members) pool.add(member)

  clock.advance(9_500)
  const closed = members.filter(({ isClosed }) => isClosed).length
  expect(closed).toBeGreaterThan(4)
  expect(closed).toBeLessThan(16)
  clock.advance(600)
  expect(members.every(({ isClosed }) => isClosed)).toBe(true)
})

test('ExclusivePool keeps connections ready that are wanted so, and replaces those that end', async () => {
  const { pool, clock, made } = poolOf({ warm: 3, idleTimeoutMs: 1_000 })
  pool.warmUp()
  await pass(clock, 50)
  expect(pool.idleCount).toBe(3)

  await pass(clock, 5_000)
  expect(made, 'idleness alone ends none of them').toHaveLength(3)
  made[1]!.isUsable = false
  pool.release(made[1]!)
  await pass(clock, 50)
  expect([pool.idleCount, made.length]).toEqual([3, 4])
  pool.close()
  expect(made.filter(({ isClosed }) => !isClosed && isClosed)).toEqual([])
  expect(pool.isUnused).toBe(true)
})

test('ExclusivePool tries again for connections to keep ready, with longer and longer waits', async () => {
  let attempts = 0
  const refused = async (): Promise<Connected<Member>> => {
    attempts++
    return fault('connect_failed', 'test', 'refused')
  }
  const { pool, clock } = poolOf({ warm: 1 }, refused)
  pool.warmUp()
  await pass(clock, 60_000)

  expect(attempts).toBeGreaterThan(3)
  expect(attempts).toBeLessThan(9)
})

test('ExclusivePool gives whoever waits the first connection that comes free, made for whomever', async () => {
  const slow: ((connected: Connected<Member>) => void)[] = []
  const { pool } = poolOf({}, () => new Promise((resolve) => slow.push(resolve)))
  const first = pool.lease()
  slow[0]!({ ok: true, connection: new Member(0) })
  const leased = await first
  const second = pool.lease()
  if (leased.ok) pool.release(leased.connection)

  expect(await second).toMatchObject({ ok: true, connection: { id: 0 }, reused: true })
  slow[1]!({ ok: true, connection: new Member(1) })
  await Promise.resolve()
  expect([pool.idleCount, pool.busyCount], 'what was made for nothing is kept').toEqual([1, 1])
})

test('ExclusivePool lets whoever waits be called off, also while the connection is being made', async () => {
  const slow: ((connected: Connected<Member>) => void)[] = []
  const { pool } = poolOf({ connectionsMax: 1 }, () => new Promise((resolve) => slow.push(resolve)))
  const owners = [{ running: null }, { running: null }] as { running: { stop(why: unknown): void } | null }[]
  const asked = owners.map((owner) => pool.lease(owner as never))
  const late = fault('deadline_exceeded', 'deadline', 'late')

  owners[0]!.running!.stop(late)
  expect(await asked[0]).toBe(late)
  expect(pool.pendingCount).toBe(1)
  slow[0]!({ ok: true, connection: new Member(0) })
  expect(await asked[1]).toMatchObject({ ok: true, connection: { id: 0 } })
  expect(owners[1]!.running).toBeNull()
})

test('ExclusivePool.leaseNew() takes a fresh connection though one is idle', async () => {
  const { pool, made } = poolOf()
  pool.release(await leaseFrom(pool))
  const leased = await pool.leaseNew()

  expect(leased).toMatchObject({ ok: true, reused: false })
  expect(made).toHaveLength(2)
  expect(pool.idleCount).toBe(1)
})

test('ExclusivePool names the policy whose limit it keeps to', async () => {
  const { pool } = poolOf({ connectionsMax: 1, pendingMax: 0, rule: 'TrafficPolicy/default/cart' })
  await leaseFrom(pool)

  expect(await pool.lease()).toMatchObject({ code: 'overloaded', reason: { rule: 'TrafficPolicy/default/cart' } })
})
