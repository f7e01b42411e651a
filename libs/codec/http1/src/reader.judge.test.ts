import { METHODS } from 'node:http'
import type { ReplyHead, RequestHead } from '@weft/message'
import { seededRandom } from '@weft/time/testing'
import { describe, expect, test } from 'vitest'
import { replyReader, requestReader } from './reader.ts'
import { goodRequests, mutate, Recorder, refusedChunks, refusedRequests } from './testing/index.ts'
import { replyByLlhttp, requestsByLlhttp } from './testing/llhttp.ts'
import { stricterThanLlhttp } from './testing/stricter-than-llhttp.ts'

const SEED = 20261123
/** RFC 9110 5.6.3 counts a tab as white space around a value; llhttp does not see that such a coding is chunked. */
const tabbedCoding = /transfer-encoding:[^\r\n]*\t/i
const ROUNDS = 600

function readRequests(octets: Buffer): Recorder<RequestHead> {
  const recorder = new Recorder<RequestHead>()
  const reader = requestReader(recorder)
  recorder.reader = reader
  reader.feed(octets)
  reader.finish()
  return recorder
}

function readReply(octets: Buffer): Recorder<ReplyHead> {
  const recorder = new Recorder<ReplyHead>()
  const reader = replyReader(recorder)
  recorder.stopsAtEnd = true
  recorder.reader = reader
  reader.next('GET')
  reader.feed(octets)
  reader.finish()
  return recorder
}

/** What we take as whole, up to the message after which the connection ends. */
function taken(recorder: Recorder<RequestHead>): Recorder<RequestHead>['messages'] {
  const whole = recorder.messages.filter(({ head, trailers }) => trailers !== 'none' || head?.bodyKind === 'tunnel')
  const last = whole.findIndex(({ persistent, head }) => !persistent || head?.upgrade !== '')
  return last < 0 ? whole : whole.slice(0, last + 1)
}

/** Compares the two on the same octets; returns who took the first message. */
async function compareRequests(
  octets: Buffer,
  where: string,
): Promise<'both' | 'neither' | 'llhttp alone' | 'skipped'> {
  const recorder = readRequests(octets)
  const ours = taken(recorder)
  // llhttp knows a list of methods and no others, which is its one strictness that we do not share.
  if (ours.some(({ head }) => !METHODS.includes(head!.method))) return 'skipped'
  if (tabbedCoding.test(octets.toString('latin1'))) return 'skipped'

  const llhttp = await requestsByLlhttp(octets)

  const theirs = llhttp.messages.slice(0, ours.length)
  expect(
    theirs.map(({ method, body }) => ({ method, body })),
    `${where}: what we take, llhttp takes and divides alike (${llhttp.refusal})`,
  ).toEqual(
    ours.map(({ head, body }) => ({
      method: head!.method,
      body: head!.bodyKind === 'tunnel' ? '' : bodyOf(head!, body),
    })),
  )
  for (const [i, { fields }] of ours.entries()) {
    for (let n = 0; n < fields.length; n += 2) expect(theirs[i]!.fields, where).toContain(fields[n]!.toLowerCase())
  }
  if (ours.length > 0) return 'both'
  if (llhttp.messages.length === 0 || recorder.code === null) return 'neither'
  expect(stricterThanLlhttp, `${where}: we refuse alone, and say why`).toHaveProperty(recorder.code)
  return 'llhttp alone'
}

/** With an upgrade llhttp hands over at once what we read as content. */
function bodyOf(head: RequestHead, body: string): string {
  return head.upgrade === '' ? body : ''
}

describe(`requests: llhttp in strict mode accepts what we accept, and we say what we refuse beyond (seed ${SEED})`, () => {
  const corpus = [
    ...goodRequests.map(([name, octets]) => [name, octets] as const),
    ...[...refusedRequests, ...refusedChunks].map(([name, octets]) => [name, octets] as const),
  ]

  test.each(corpus)('%s', async (name, octets) => {
    await compareRequests(Buffer.from(octets, 'latin1'), name)
  })

  test('real messages that were mutated', async () => {
    const random = seededRandom(SEED)
    // Node tells of a tunnel before it tells the end of the request before it.
    const plain = goodRequests.filter(([, octets]) => !/connect|upgrade/i.test(octets))
    const seen = { both: 0, neither: 0, 'llhttp alone': 0, skipped: 0 }
    for (let round = 0; round < ROUNDS; round++) {
      const [, first] = corpus[Math.floor(random() * corpus.length)]!
      const [, second] = plain[Math.floor(random() * plain.length)]!
      const octets = Buffer.from(mutate(first, random) + second, 'latin1')
      seen[await compareRequests(octets, `round ${round}: ${JSON.stringify(octets.toString('latin1'))}`)]++
    }
    expect(seen.both, 'enough of the mutated messages are good').toBeGreaterThan(ROUNDS / 50)
  })
})

describe(`replies: the same (seed ${SEED})`, () => {
  const replies = [
    'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nServer: x\r\n\r\nhello',
    'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5;a="b"\r\nhello\r\n0\r\nA: b\r\n\r\n',
    'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n',
    'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\n\r\n',
    'HTTP/1.1 204 No Content\r\n\r\n',
    'HTTP/1.0 200 OK\r\n\r\nto the end',
    'HTTP/1.1 301\r\nLocation: /\r\nConnection: close\r\n\r\n',
  ]

  test('whole and mutated', async () => {
    const random = seededRandom(SEED)
    let both = 0
    for (let round = 0; round < ROUNDS; round++) {
      const text = replies[round % replies.length]!
      const octets = Buffer.from(round < replies.length ? text : mutate(text, random), 'latin1')
      if (tabbedCoding.test(octets.toString('latin1'))) continue
      const where = `round ${round}: ${JSON.stringify(octets.toString('latin1'))}`
      const recorder = readReply(octets)
      const ours = recorder.messages.find(({ head, trailers }) => head !== null && trailers !== 'none')

      const llhttp = await replyByLlhttp(octets)

      const theirs = llhttp.messages[0]
      if (ours !== undefined) {
        expect(theirs, `${where}: ${llhttp.refusal}`).toEqual({ status: ours.head!.status, body: ours.body })
        both++
      } else if (theirs !== undefined) {
        expect(stricterThanLlhttp, `${where}: we refuse alone, and say why`).toHaveProperty(recorder.code!)
      }
    }
    expect(both).toBeGreaterThan(ROUNDS / 10)
  })
})
