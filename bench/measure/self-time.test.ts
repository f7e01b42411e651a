import { expect, it } from 'vitest'
import { selfTimes } from './self-time.ts'

const frame = (functionName: string, url: string, lineNumber: number) => ({ functionName, url, lineNumber })

it('sums samples by function, most first, and leaves sleep out', () => {
  const place = 'file:///somewhere/libs/codec/http1/src/reader.ts'
  const profile = {
    nodes: [
      { id: 1, callFrame: frame('(idle)', '', -1) },
      { id: 2, callFrame: frame('read', place, 9) },
      { id: 3, callFrame: frame('', place, 19) },
      { id: 4, callFrame: frame('read', place, 9) },
    ],
    samples: [1, 2, 3, 4],
    timeDeltas: [600, 100, 100, 200],
  }
  expect(selfTimes(profile)).toEqual([
    { name: 'read', place: 'libs/codec/http1/src/reader.ts:10', share: 0.75 },
    { name: '(anonymous)', place: 'libs/codec/http1/src/reader.ts:20', share: 0.25 },
  ])
})
