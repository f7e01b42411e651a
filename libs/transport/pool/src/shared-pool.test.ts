import { TimerWheel } from '@weft/time'
import { FakeClock } from '@weft/time/testing'
import { expect, test } from 'vitest'
import { type Connected, defaultPoolOptions, type PoolOptions, SharedPool } from './index.ts'

class Member {
  openStreams = 0
  isOver = false
  isClosed = false

  get isUsable(): boolean {
    return !this.isOver && this.openStreams < 2
  }

  close(): void {
    this.isClosed = true
    this.isOver = true
  }
}

function poolOf(options: Partial<PoolOptions> = {}): { pool: SharedPool<Member>; clock: FakeClock; made: Member[] } {
  const clock = new FakeClock()
  const made: Member[] = []
  const connect = async (): Promise<Connected<Member>> => {
    const connection = new Member()
    made.push(connection)
    return { ok: true, connection }
  }
  const wheel = new TimerWheel(clock, 100)
  const pool = new SharedPool('cart', connect, { ...defaultPoolOptions, ...options }, 2, wheel, () => clock.nowMs())
  return { pool, clock, made }
}

async function openOn(pool: SharedPool<Member>): Promise<Member | string> {
  const leased = await pool.lease()
  if (!leased.ok) return leased.code
  leased.connection.openStreams++
  return leased.connection
}

test('SharedPool lets a crowd share as few connections as hold it', async () => {
  const { pool, made } = poolOf()

  const opened = await Promise.all([openOn(pool), openOn(pool), openOn(pool), openOn(pool), openOn(pool)])

  expect(opened.every((connection) => connection instanceof Member)).toBe(true)
  expect(made.map((connection) => connection.openStreams)).toEqual([2, 2, 1])
})

test('SharedPool faults overloaded when every connection allowed is full', async () => {
  const { pool } = poolOf({ connectionsMax: 1 })

  expect(await openOn(pool)).toBeInstanceOf(Member)
  expect(await openOn(pool)).toBeInstanceOf(Member)
  expect(await openOn(pool)).toBe('overloaded')
})

test('SharedPool.retire() leaves streams alone and sends new ones elsewhere', async () => {
  const { pool, made } = poolOf()
  await openOn(pool)

  pool.retire()
  await openOn(pool)

  expect(made).toHaveLength(2)
  expect(made[0]!.isClosed).toBe(true)
})

test('SharedPool closes a connection that had no stream for the idle timeout, and no other', async () => {
  const { pool, clock, made } = poolOf({ idleTimeoutMs: 1_000 })
  const busy = (await openOn(pool)) as Member
  busy.openStreams = 2
  const idle = (await openOn(pool)) as Member
  idle.openStreams = 0

  clock.advance(2_000)

  expect([busy.isClosed, idle.isClosed]).toEqual([false, true])
  expect(made).toHaveLength(2)
  expect(pool.connectionCount).toBe(1)
})

test('SharedPool lets requests wait for room where its owner tells of it, in order, and no more than allowed', async () => {
  const { clock, made } = poolOf()
  const connect = async (): Promise<Connected<Member>> => {
    const connection = new Member()
    made.push(connection)
    return { ok: true, connection }
  }
  const options = { ...defaultPoolOptions, connectionsMax: 1, pendingMax: 2 }
  const wheel = new TimerWheel(clock, 100)
  const pool = new SharedPool(
    'cart',
    connect,
    options,
    2,
    wheel,
    () => clock.nowMs(),
    () => 0,
    true,
  )
  await openOn(pool)
  await openOn(pool)
  const order: string[] = []
  const open = (name: string): Promise<void> =>
    openOn(pool).then((it) => void order.push(`${name} ${it instanceof Member}`))
  const waiting = [open('third'), open('fourth')]
  await Promise.resolve()

  expect(await openOn(pool)).toBe('overloaded')
  expect(pool.pendingCount).toBe(2)
  for (let i = 0; i < 2; i++) {
    made[0]!.openStreams--
    pool.roomed()
    await waiting[i]
  }
  expect(order).toEqual(['third true', 'fourth true'])
  expect(made).toHaveLength(1)
})

test('SharedPool gives no new streams to a connection that is too old or has carried enough', async () => {
  const { pool, clock, made } = poolOf({ ageMaxMs: 10_000, leasesMax: 2 })
  const first = (await openOn(pool)) as Member
  first.openStreams = 0
  expect(await openOn(pool)).toBe(first)
  first.openStreams = 1
  const second = await openOn(pool)

  expect(second).not.toBe(first)
  expect(first.isClosed).toBe(true)
  clock.advance(10_001)
  expect(await openOn(pool)).not.toBe(second)
  expect(made).toHaveLength(3)
})

test('SharedPool makes connections ready and makes up for those whose peer says GOAWAY', async () => {
  const { pool, made } = poolOf({ warm: 2 })
  pool.warmUp()
  await Promise.resolve()
  await Promise.resolve()
  expect(pool.connectionCount).toBe(2)

  made[0]!.isOver = true
  pool.sweep()
  await Promise.resolve()
  await Promise.resolve()
  expect([pool.connectionCount, made.length]).toEqual([2, 3])
})

test('SharedPool.close() refuses those that wait', async () => {
  const { clock } = poolOf()
  const wheel = new TimerWheel(clock, 100)
  const never = (): Promise<Connected<Member>> => new Promise(() => {})
  const pool = new SharedPool('cart', never, defaultPoolOptions, 2, wheel, () => clock.nowMs())
  const asked = pool.lease()
  await Promise.resolve()
  pool.close()

  expect(await asked).toMatchObject({ code: 'draining' })
})
