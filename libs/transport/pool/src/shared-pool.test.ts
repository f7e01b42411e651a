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
