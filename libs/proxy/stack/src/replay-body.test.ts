import { expect, test } from 'vitest'
import { ReplayBody } from './replay-body.ts'
import { ScriptedBody } from './testing/index.ts'

class Taker {
  text = ''
  ended = false
  bytes(bytes: Uint8Array): boolean {
    this.text += Buffer.from(bytes).toString()
    return true
  }
  end(): void {
    this.ended = true
  }
  abort(): void {}
}

test('ReplayBody gives a second attempt all that the first one had, and what follows', () => {
  const source = new ScriptedBody()
  const body = new ReplayBody(source)
  const first = new Taker()
  const second = new Taker()
  body.start(first)
  source.give('abc')
  body.cancel()
  expect(source.isCancelled, 'only the attempt is detached').toBe(false)
  source.give('d')

  body.start(second)
  source.give('e')
  source.end()

  expect([first.text, second.text, second.ended]).toEqual(['abc', 'abcde', true])
})

class Borrower extends Taker {
  readonly borrows = true
}

test('ReplayBody retains copies of what it is lent, and takes their place for the next body once it is settled', () => {
  for (const letter of ['a', 'b', 'c']) {
    const source = new ScriptedBody()
    const body = new ReplayBody(source)
    const first = new Borrower()
    body.start(first)
    expect(body.borrows).toBe(true)
    const [large, small] = [Buffer.alloc(5_000, letter), Buffer.from(letter)]
    for (const lent of [large, small, large]) {
      body.bytes(lent, true)
    }
    large.fill('!')
    small.fill('!')
    body.cancel()
    expect(body.borrows, 'nobody borrows from it').toBe(false)
    const second = new Taker()
    body.start(second)
    body.settle()

    expect([first.text, second.text]).toEqual([letter.repeat(10_001), letter.repeat(10_001)])
  }
})

test('ReplayBody replays a body that was whole', () => {
  const source = new ScriptedBody()
  const body = new ReplayBody(source)
  body.start(new Taker())
  source.give('abc')
  source.end()
  const second = new Taker()

  body.start(second)

  expect([second.text, second.ended]).toEqual(['abc', true])
})

test('ReplayBody retains no more than 64 KiB: then it can not be replayed, and is cancelled for good', () => {
  const source = new ScriptedBody()
  const body = new ReplayBody(source)
  body.start(new Taker())
  source.give(new Uint8Array(40_000))
  expect(body.canReplay).toBe(true)
  source.give(new Uint8Array(40_000))

  body.cancel()

  expect([body.canReplay, source.isCancelled]).toEqual([false, true])
})

test('ReplayBody.settle() cancels the source when the last attempt has let go of it, and else leaves it flowing', () => {
  const left = new ScriptedBody()
  const leftBody = new ReplayBody(left)
  leftBody.start(new Taker())
  leftBody.cancel()
  leftBody.settle()
  const kept = new ScriptedBody()
  const keptBody = new ReplayBody(kept)
  const taker = new Taker()
  keptBody.start(taker)
  keptBody.settle()
  kept.give('x')

  expect([left.isCancelled, kept.isCancelled, taker.text]).toEqual([true, false, 'x'])
  keptBody.cancel()
  expect(kept.isCancelled).toBe(true)
})
