import { FakeClock } from '@weft/time/testing'
import { beforeEach, expect, test } from 'vitest'
import { type KeptFile, type NodeNotice, NodeNotices } from './node-notices.ts'

let clock: FakeClock
let told: (readonly NodeNotice[])[]
let file: KeptFile & { trouble: string; retries: number }
let others: readonly NodeNotice[]
let notices: NodeNotices

beforeEach(async () => {
  clock = new FakeClock(false)
  told = []
  others = []
  file = {
    trouble: '',
    retries: 0,
    retry: () => void file.retries++,
  }
  notices = new NodeNotices(
    [file],
    () => others,
    (found) => void told.push(found),
    clock,
  )
  await notices.start()
})

test('nothing is told while nothing is wrong, and a trouble once', () => {
  clock.advance(10_000)
  expect(told).toEqual([])
  expect(file.retries).toBe(0)

  file.trouble = 'Cannot write /state/x: ENOSPC'
  others = [{ id: 'cni', text: 'cannot install' }]
  clock.advance(10_000)
  expect(told).toEqual([[{ id: 'disk', text: 'Cannot write /state/x: ENOSPC' }, ...others]])
  expect(file.retries).toBeGreaterThan(1)
})

test('a file that could be written again is told as well', () => {
  file.trouble = 'full'
  clock.advance(2_000)
  file.retry = () => void (file.trouble = '')
  clock.advance(2_000)

  expect(told.map((list) => list.length)).toEqual([1, 0])
})

test('at the end nothing is written any more', async () => {
  file.trouble = 'full'
  await notices.drain()
  clock.advance(10_000)

  expect(file.retries).toBe(0)
})
