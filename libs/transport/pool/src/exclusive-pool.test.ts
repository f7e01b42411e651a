import { fault } from '@weft/faults'
import { TimerWheel } from '@weft/time'
import { FakeClock } from '@weft/time/testing'
import { expect, test } from 'vitest'
import { type Connected, defaultPoolOptions, ExclusivePool, type PoolOptions } from './index.ts'

class Member {
  readonly id: number
  isUsable = true
  isClosed = false

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
