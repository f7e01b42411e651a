import { createServer, request } from 'node:http'
import { Duplex } from 'node:stream'

export interface JudgedRequest {
  readonly method: string
  readonly body: string
  /** Names in lower case. */
  readonly fields: string[]
}

export interface Judgement<Message> {
  /** Those that became whole. */
  readonly messages: Message[]
  /** Why it refused to read on, in its own words; null when it did not. */
  readonly refusal: string | null
}

/** What Node's parser, which is llhttp, strict as Node sets it, reads of what a client sends. Over memory. */
export function requestsByLlhttp(octets: Buffer): Promise<Judgement<JudgedRequest>> {
  const messages: JudgedRequest[] = []
  let refusal: string | null = null
  const server = createServer({ requireHostHeader: false, insecureHTTPParser: false, maxHeaderSize: 256 * 1024 })
  const wire = memoryWire()
  const done = new Promise<void>((resolve) => wire.on('close', resolve))
  server.on('clientError', (error: Error & { code?: string }) => {
    refusal = error.code ?? error.message
    // Later, so that a message which became whole just before is told first.
    setTimeout(() => wire.destroy(), 1)
  })
  server.on('request', (asked, answer) => {
    let body = ''
    asked.setEncoding('latin1')
    asked.on('data', (text: string) => (body += text))
    asked.on('error', () => {})
    asked.on('end', () => {
      messages.push({ method: asked.method ?? '', body, fields: namesOf(asked.rawHeaders) })
      answer.end()
    })
  })
  // Node tells of these apart from other requests; to us they are all the same.
  for (const event of ['checkContinue', 'checkExpectation']) {
    server.on(event, (asked, answer) => server.emit('request', asked, answer))
  }
  for (const event of ['connect', 'upgrade']) {
    server.on(event, (asked: { method: string; rawHeaders: string[] }) => {
      messages.push({ method: asked.method, body: '', fields: namesOf(asked.rawHeaders) })
      wire.destroy()
    })
  }
  server.emit('connection', wire)
  wire.push(octets)
  wire.push(null)
  return done.then(() => ({ messages, refusal }))
}

export interface JudgedReply {
  readonly status: number
  readonly body: string
}

/** The same of what a server sends, in reply to one GET. */
export function replyByLlhttp(octets: Buffer): Promise<Judgement<JudgedReply>> {
  const messages: JudgedReply[] = []
  const wire = memoryWire()
  const asked = request({ createConnection: () => wire, insecureHTTPParser: false, maxHeaderSize: 256 * 1024 })
  return new Promise((resolve) => {
    const end = (refusal: string | null): void => {
      wire.destroy()
      resolve({ messages, refusal })
    }
    asked.on('error', (error: Error & { code?: string }) => end(error.code ?? error.message))
    asked.on('upgrade', ({ statusCode }) => {
      messages.push({ status: statusCode ?? 0, body: '' })
      end(null)
    })
    asked.on('response', (reply) => {
      let body = ''
      reply.setEncoding('latin1')
      reply.on('data', (text: string) => (body += text))
      reply.on('error', (error: Error & { code?: string }) => end(error.code ?? error.message))
      reply.on('end', () => {
        if (reply.complete) messages.push({ status: reply.statusCode ?? 0, body })
        end(reply.complete ? null : 'incomplete')
      })
    })
    asked.end()
    wire.push(octets)
    wire.push(null)
  })
}

function memoryWire(): Duplex {
  return new Duplex({ read: () => {}, write: (_bytes, _encoding, done) => done(), allowHalfOpen: true })
}

function namesOf(rawHeaders: string[]): string[] {
  return rawHeaders.filter((_, i) => i % 2 === 0).map((name) => name.toLowerCase())
}
