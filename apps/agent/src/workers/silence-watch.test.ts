import { FakeClock } from '@weft/time/testing'
import { expect, test } from 'vitest'
import { SilenceWatch, type Watched } from './silence-watch.ts'

const limits = { askEveryMs: 5_000, unansweredMax: 6 }

class Worker implements Watched {
  asked = 0
  silences = 0

  ask(): void {
    this.asked++
  }

  silent(): void {
    this.silences++
  }
}

test('who leaves six questions unanswered is silent, once, 35 s after it was last heard', () => {
  const clock = new FakeClock()
  const watch = new SilenceWatch(clock, limits)
  const worker = new Worker()
  watch.add(worker)

  clock.advance(34_999)
  expect([worker.asked, worker.silences]).toEqual([6, 0])
  clock.advance(1)
  expect(worker.silences).toBe(1)
  clock.advance(100_000)

  expect([worker.asked, worker.silences]).toEqual([6, 1])
})

test('anything that it says is an answer', () => {
  const clock = new FakeClock()
  const watch = new SilenceWatch(clock, limits)
  const worker = new Worker()
  watch.add(worker)

  for (let i = 0; i < 10; i++) {
    clock.advance(29_000)
    watch.heard(worker)
  }

  expect(worker.silences).toBe(0)
})

test('one that has ended is asked no more, and others are', () => {
  const clock = new FakeClock()
  const watch = new SilenceWatch(clock, limits)
  const [gone, other] = [new Worker(), new Worker()]
  watch.add(gone)
  watch.add(other)
  clock.advance(5_000)
  watch.remove(gone)
  watch.heard(gone)

  clock.advance(30_000)

  expect([gone.asked, gone.silences, other.silences]).toEqual([1, 0, 1])
})
