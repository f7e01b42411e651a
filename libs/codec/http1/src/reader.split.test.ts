import type { RequestHead, ReplyHead } from '@weft/message'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { defaultHttp1Limits } from './limits.ts'
import { replyReader, requestReader } from './reader.ts'
import { goodRequests, Recorder, refusedChunks, refusedRequests } from './testing/index.ts'

const limits = {
  ...defaultHttp1Limits,
  headBytesMax: 700,
  startLineBytesMax: 200,
  fieldLineBytesMax: 300,
  trailerBytesMax: 500,
}

/** All that a reader tells of `octets`, cut at these positions. */
function readInPieces(octets: Buffer, cuts: readonly number[], kind: 'requests' | 'replies') {
  const recorder = new Recorder<RequestHead | ReplyHead>()
  const reader = kind === 'requests' ? requestReader(recorder, 'http', limits) : replyReader(recorder, limits)
  recorder.reader = reader as never
  if (kind === 'replies') reader.next('GET', 'x')
  let from = 0
  for (const cut of [...cuts, octets.length]) {
    // A copy, so that nothing can be read beyond the piece.
    reader.feed(Buffer.from(octets.subarray(from, cut)))
    from = cut
  }
  reader.finish()
  return { messages: recorder.messages, code: recorder.code, message: recorder.message }
}

const next = 'GET /next HTTP/1.1\r\nHost: a\r\n\r\n'
const requestCases = [...goodRequests, ...refusedRequests, ...refusedChunks].map(
  ([name, octets]) => [name, octets + next] as const,
)
const replyCases = [
  ['a reply of known length', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello'],
  [
    'a reply in chunks after interim replies',
    'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3;x\r\nabc\r\n0\r\nA: b\r\n\r\n',
  ],
  ['a reply up to the end', 'HTTP/1.0 200 OK\r\n\r\nall of it'],
  ['a switch of protocols', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nraw'],
  ['a reply that is none', 'HTTP/1.1 2xx OK\r\n\r\n'],
] as const

describe('a reader tells the same however its input is cut', () => {
  test.each(requestCases)('in two, at every octet of: %s', (_, text) => {
    const octets = Buffer.from(text, 'latin1')
    const whole = readInPieces(octets, [], 'requests')

    for (let cut = 1; cut < octets.length; cut += octets.length > 2000 ? 37 : 1) {
      expect(readInPieces(octets, [cut], 'requests'), `cut at ${cut}`).toEqual(whole)
    }
  })

  test.each(replyCases)('in two, at every octet of: %s', (_, text) => {
    const octets = Buffer.from(text, 'latin1')
    const whole = readInPieces(octets, [], 'replies')

    for (let cut = 1; cut < octets.length; cut++) {
      expect(readInPieces(octets, [cut], 'replies'), `cut at ${cut}`).toEqual(whole)
    }
  })

  test.each(requestCases.filter(([, text]) => text.length < 1000))('octet by octet: %s', (_, text) => {
    const octets = Buffer.from(text, 'latin1')

    const cuts = Array.from({ length: octets.length - 1 }, (_, i) => i + 1)

    expect(readInPieces(octets, cuts, 'requests')).toEqual(readInPieces(octets, [], 'requests'))
  })

  test('and if what it is fed is only lent, kept, and then changed', () => {
    const cases = fc.tuple(
      fc.constantFrom(...requestCases),
      fc.array(fc.nat(300), { maxLength: 6 }),
      fc.infiniteStream(fc.nat(3)),
    )

    fc.assert(
      fc.property(cases, ([[, text], positions, moments]) => {
        const octets = Buffer.from(text, 'latin1')
        const cuts = positions.filter((at) => at < octets.length).sort((a, b) => a - b)
        const recorder = new Recorder<RequestHead>()
        const reader = requestReader(recorder, 'http', limits)
        recorder.reader = reader
        let from = 0
        for (const cut of [...cuts, octets.length]) {
          const lent = Buffer.from(octets.subarray(from, cut))
          const moment = moments.next().value
          if (moment > 1) reader.pause()
          reader.feed(lent, moment > 0)
          if (moment > 2) reader.resume()
          reader.keep()
          if (moment > 0) lent.fill('!')
          from = cut
        }
        reader.resume()
        reader.finish()
        expect({ messages: recorder.messages, code: recorder.code, message: recorder.message }).toEqual(
          readInPieces(octets, [], 'requests'),
        )
      }),
      { numRuns: 1000 },
    )
  })

  test('at random positions, over a whole connection, past every limit', () => {
    const piece = fc.oneof(fc.constantFrom(...requestCases.map(([, text]) => text)), fc.string({ maxLength: 800 }))
    const cases = fc.tuple(fc.array(piece, { minLength: 1, maxLength: 4 }), fc.array(fc.nat(3000), { maxLength: 6 }))

    fc.assert(
      fc.property(cases, ([pieces, positions]) => {
        const octets = Buffer.from(pieces.join(''), 'latin1')
        const cuts = positions.filter((at) => at < octets.length).sort((a, b) => a - b)
        expect(readInPieces(octets, cuts, 'requests')).toEqual(readInPieces(octets, [], 'requests'))
      }),
      { numRuns: 300 },
    )
  })
})
