import { seededRandom } from '@weft/time/testing'
import type { ReplyHead, RequestHead } from '@weft/message'
import { expect, test } from 'vitest'
import { http1Faults } from './faults.ts'
import { replyReader, requestReader } from './reader.ts'
import { goodRequests, mutate, Recorder } from './testing/index.ts'
import { writeRequestHead } from './write-request.ts'

const SEED = 20261122
const ROUNDS = 4000
const replies = [
  'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nServer: x\r\n\r\nhello',
  'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nA: b\r\n\r\n',
  'HTTP/1.1 301 Moved\r\nLocation: /\r\nConnection: close\r\n\r\n',
]

test(`a reader ends in order on mutated messages, and what it accepts can be written again (seed ${SEED})`, () => {
  const random = seededRandom(SEED)
  let accepted = 0
  for (let round = 0; round < ROUNDS; round++) {
    const text = mutate(goodRequests[Math.floor(random() * goodRequests.length)]![1], random)
    const recorder = new Recorder<RequestHead>()
    const reader = requestReader(recorder)
    recorder.reader = reader

    reader.feed(Buffer.from(text, 'latin1'))
    reader.finish()

    const where = `round ${round}: ${JSON.stringify(text)}`
    if (recorder.code !== null) expect(http1Faults, where).toHaveProperty(recorder.code)
    for (const message of recorder.messages) {
      if (message.head === null || message.head.authority === '') continue
      accepted++
      expect(writeRequestHead(message.head), where).toBeInstanceOf(Buffer)
    }
  }
  expect(accepted, 'the mutations leave some messages readable').toBeGreaterThan(ROUNDS / 10)
})

test(`a reader of replies ends in order on mutated messages (seed ${SEED})`, () => {
  const random = seededRandom(SEED)
  for (let round = 0; round < ROUNDS; round++) {
    const text = mutate(replies[Math.floor(random() * replies.length)]!, random)
    const recorder = new Recorder<ReplyHead>()
    const reader = replyReader(recorder)
    recorder.reader = reader
    reader.next('GET')

    reader.feed(Buffer.from(text, 'latin1'))
    reader.finish()

    const last = recorder.messages.at(-1)
    const isOver = recorder.code !== null || last?.trailers !== 'none'
    expect(isOver, `round ${round}: ${JSON.stringify(text)}`).toBe(true)
  }
})
