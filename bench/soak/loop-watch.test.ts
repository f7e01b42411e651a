import { expect, test } from 'vitest'
import { LoopWatch } from './loop-watch.ts'

test('a timeout waits for time in which the process ran, and no longer', () => {
  let nowMs = 0
  const loop = new LoopWatch(() => nowMs)
  const run = (ms: number): void => {
    for (let passed = 0; passed < ms; passed += 100) {
      nowMs += 100
      loop.look()
    }
  }
  const ended: string[] = []
  loop.after(1_000, () => ended.push('one'))
  const cancelled = loop.after(1_000, () => ended.push('cancelled'))
  cancelled.cancel()
  run(500)
  nowMs += 30_000
  loop.look()
  run(300)
  expect([ended, Math.round(loop.lostMs)], 'half a minute in which it did not run').toEqual([[], 29_900])

  run(200)

  expect(ended).toEqual(['one'])
})
