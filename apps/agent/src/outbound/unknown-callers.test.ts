import type { TcpChannel } from '@weft/channel'
import { FakeClock } from '@weft/time/testing'
import { expect, test } from 'vitest'
import { UnknownCallers } from './unknown-callers.ts'

const channel = { destroy: () => {} } as unknown as TcpChannel

test('a connection is taken once its workload is known', () => {
  const callers = new UnknownCallers(new FakeClock())
  let isKnown = false
  let taken = 0
  let refused = 0
  callers.wait(
    channel,
    () => isKnown && ++taken > 0,
    () => refused++,
  )

  callers.look()
  expect([taken, callers.count]).toEqual([0, 1])
  isKnown = true
  callers.look()
  callers.look()

  expect([taken, refused, callers.count]).toEqual([1, 0, 0])
})

test('it is refused when that takes too long, each at its own time', () => {
  const clock = new FakeClock()
  const callers = new UnknownCallers(clock)
  const refused: string[] = []
  callers.wait(
    channel,
    () => false,
    () => refused.push('first'),
  )
  clock.advance(2_000)
  callers.wait(
    channel,
    () => false,
    () => refused.push('second'),
  )

  clock.advance(1_000)
  expect(refused).toEqual(['first'])
  clock.advance(2_000)
  expect(refused).toEqual(['first', 'second'])
})

test('not more than so many wait', () => {
  const callers = new UnknownCallers(new FakeClock())
  let refused = 0
  for (let i = 0; i < 5_000; i++)
    callers.wait(
      channel,
      () => false,
      () => refused++,
    )

  expect([callers.count, refused]).toEqual([4_096, 904])
})
