import { chmodSync, mkdirSync, rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { dirname } from 'node:path'
import { describeError, Failure } from '@weft/faults'
import type { Component } from '@weft/lifecycle'
import type { Logger } from '@weft/telemetry'
import type { Clock } from '@weft/time'
import { CNI_REQUEST_BYTES_MAX, type CniAnswer, type CniRequest, parseCniRequest } from './cni-request.ts'

const REQUESTS_MAX = 256
const REQUEST_TIMEOUT_MS = 3_000
/** A little less than the plugin waits. */
const ANSWER_TIMEOUT_MS = 18_000

/** Process and user at the other end of a unix socket. */
export type PeerOf = (socket: Socket) => readonly [pid: number, uid: number]

/** Answers a request; `pid` is of the plugin, which waits. May reject: then the runtime tries again. */
export type AnswerCni = (request: CniRequest, pid: number) => Promise<CniAnswer>

/**
 * Where the CNI plugin asks: a unix socket for root alone, one request per connection, read to its end, answered with one
 * line. Requests, their size and the time for each are bounded; what is wrong with one is told in its answer.
 */
export class CniServer implements Component {
  readonly #path: string
  readonly #peerOf: PeerOf
  readonly #answer: AnswerCni
  readonly #clock: Clock
  readonly #log: Logger
  readonly #server: Server
  readonly #open = new Set<Socket>()

  constructor(path: string, peerOf: PeerOf, answer: AnswerCni, clock: Clock, log: Logger) {
    this.#path = path
    this.#peerOf = peerOf
    this.#answer = answer
    this.#clock = clock
    this.#log = log
    this.#server = createServer({ allowHalfOpen: true }, (socket) => this.#accept(socket))
  }

  /** Takes the place of a socket that an earlier life left. Faults: Failure `cni_socket`. */
  async start(): Promise<void> {
    try {
      mkdirSync(dirname(this.#path), { recursive: true, mode: 0o755 })
      rmSync(this.#path, { force: true })
      await new Promise<void>((resolve, reject) => {
        this.#server.once('error', reject)
        this.#server.listen(this.#path, resolve)
      })
      chmodSync(this.#path, 0o600)
    } catch (error) {
      throw new Failure('cni_socket', `Cannot listen on ${this.#path}: ${describeError(error)}`, error)
    }
  }

  async drain(): Promise<void> {
    this.stop()
  }

  stop(): void {
    this.#server.close()
    for (const socket of this.#open) socket.destroy()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.stop()
  }

  #accept(socket: Socket): void {
    socket.on('error', () => {})
    if (this.#open.size >= REQUESTS_MAX) return void socket.destroy()
    this.#open.add(socket)
    const chunks: Buffer[] = []
    let bytes = 0
    const late = this.#clock.after(REQUEST_TIMEOUT_MS, () => socket.destroy())
    socket.on('close', () => {
      late.cancel()
      this.#open.delete(socket)
    })
    socket.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > CNI_REQUEST_BYTES_MAX) socket.destroy()
      else chunks.push(chunk)
    })
    socket.on('end', () => {
      late.cancel()
      void this.#serve(socket, Buffer.concat(chunks).toString())
    })
  }

  async #serve(socket: Socket, text: string): Promise<void> {
    const answer = await this.#answerFor(socket, text)
    socket.end(`${JSON.stringify(answer)}\n`)
  }

  async #answerFor(socket: Socket, text: string): Promise<CniAnswer> {
    try {
      const [pid, uid] = this.#peerOf(socket)
      if (uid !== 0 || pid === 0)
        return { ok: false, message: `found a caller of user ${uid} and process ${pid}, expected root on this node` }
      const request = parseCniRequest(text)
      const deadlineMs = this.#clock.nowMs() + ANSWER_TIMEOUT_MS
      const late = this.#clock.sleepUntil(deadlineMs).then((): CniAnswer => {
        return { ok: false, again: true, message: `the agent could not finish in ${ANSWER_TIMEOUT_MS} ms` }
      })
      return await Promise.race([this.#answer(request, pid), late])
    } catch (error) {
      const message = describeError(error)
      this.#log.warn('a request of the CNI plugin failed', { error: message })
      return { ok: false, again: true, message }
    }
  }
}
