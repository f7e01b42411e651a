import { FakeClock } from '@weft/time/testing'
import { expect, test } from 'vitest'
import { FirstLists } from './first-lists.ts'

const PATIENCE_MS = 3_000

test('lists that come in time are there for every look, also for one after patience has ended', async () => {
  const clock = new FakeClock(false)
  const asked = Promise.withResolvers<void>()
  let questions = 0
  const lists = new FirstLists(() => (questions++, asked.promise), PATIENCE_MS, clock)

  const ahead = lists.look()
  asked.resolve()
  expect(await ahead).toBe(true)
  clock.advance(60_000)

  expect(await lists.look()).toBe(true)
  await lists.whole()
  expect(questions).toBe(1)
})

test('who looks again after patience has ended is not kept waiting, and lists that come later are there', async () => {
  const clock = new FakeClock(false)
  const asked = Promise.withResolvers<void>()
  const lists = new FirstLists(() => asked.promise, PATIENCE_MS, clock)

  const ahead = lists.look()
  clock.advance(PATIENCE_MS)
  expect(await ahead).toBe(false)
  expect(await lists.look()).toBe(false)

  asked.resolve()
  await lists.whole()
  expect(await lists.look()).toBe(true)
})

test('lists that cannot be had are not there, and `whole` says why', async () => {
  const lists = new FirstLists(() => Promise.reject(new Error('forbidden')), PATIENCE_MS, new FakeClock(false))

  expect(await lists.look()).toBe(false)
  await expect(lists.whole()).rejects.toThrow('forbidden')
})
