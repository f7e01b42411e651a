import { createServer, METHODS, type Server } from 'node:http'
import { Duplex } from 'node:stream'
import { seededRandom } from '@weft/time/testing'
import type { RequestHead } from '@weft/message'
import { expect, test } from 'vitest'
import { requestReader } from './reader.ts'
import { goodRequests, mutate, Recorder } from './testing/index.ts'

interface Judged {
  readonly method: string
  readonly body: string
  readonly fields: string[]
}

/** What Node's own parser reads of a connection, over memory. */
async function readByNode(octets: Buffer): Promise<{ requests: Judged[]; isRefused: boolean }> {
  const requests: Judged[] = []
  let isRefused = false
  const server: Server = createServer({ requireHostHeader: false, keepAlive: true })
  const wire = new Duplex({ read: () => {}, write: (_bytes, _encoding, done) => done(), allowHalfOpen: true })
  const done = new Promise<void>((resolve) => {
    wire.on('close', resolve)
    server.on('clientError', () => {
      isRefused = true
      wire.destroy()
    })
    server.on('request', (request, response) => {
      let body = ''
      request.setEncoding('latin1')
      request.on('data', (text: string) => (body += text))
      request.on('error', () => {})
      request.on('end', () => {
        const names = request.rawHeaders.filter((_, i) => i % 2 === 0).map((name) => name.toLowerCase())
        requests.push({ method: request.method ?? '', body, fields: names })
        response.end()
      })
    })
  })
  server.emit('connection', wire)
  wire.push(octets)
  wire.push(null)
  await done
  return { requests, isRefused }
}

const SEED = 20261123
const ROUNDS = 400
/** Node gives these events of their own instead of requests. */
const special = /CONNECT|upgrade|expect/i

test(`what the reader accepts, Node's parser accepts and divides alike (seed ${SEED})`, async () => {
  const random = seededRandom(SEED)
  const cases = goodRequests.filter(([, octets]) => !special.test(octets))
  let compared = 0
  for (let round = 0; round < ROUNDS; round++) {
    const pick = (): string => cases[Math.floor(random() * cases.length)]![1]
    const octets = Buffer.from(mutate(pick(), random) + pick(), 'latin1')
    const recorder = new Recorder<RequestHead>()
    const reader = requestReader(recorder)
    recorder.reader = reader
    reader.feed(octets)
    reader.finish()
    const known = recorder.messages.every((message) => METHODS.includes(message.head?.method ?? ''))
    if (recorder.code !== null || !known || special.test(octets.toString('latin1'))) continue

    const node = await readByNode(octets)

    compared++
    const where = `round ${round}: ${JSON.stringify(octets.toString('latin1'))}`
    const firstClose = recorder.messages.findIndex((message) => !message.persistent)
    const ours = recorder.messages.slice(0, firstClose < 0 ? undefined : firstClose + 1)
    const theirs = node.requests.slice(0, ours.length)
    expect(
      theirs.map(({ method, body }) => ({ method, body })),
      where,
    ).toEqual(ours.map(({ head, body }) => ({ method: head?.method, body })))
    for (const [i, message] of ours.entries()) {
      for (let n = 0; n < message.head!.headers.flat.length; n += 2) {
        expect(theirs[i]?.fields, where).toContain(message.head!.headers.flat[n]!.toLowerCase())
      }
    }
  }
  expect(compared, 'enough of the mutated messages are good').toBeGreaterThan(ROUNDS / 20)
})
