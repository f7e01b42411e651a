import type { BodyError, BodySink, BodySource, HeaderList } from '@weft/message'

/** What a branch may be behind the body. */
const BEHIND_BYTES_MAX = 256 * 1024

/**
 * A body that others get copies of while its own taker has it. The taker alone sets the pace: a branch that falls too far
 * behind breaks off, and so do all when the taker wants no more.
 */
export class TeeBody implements BodySource, BodySink {
  readonly #source: BodySource
  readonly #branches: Branch[] = []
  #sink: BodySink | null = null

  constructor(source: BodySource) {
    this.#source = source
  }

  /** Asked for before the body is started. */
  branch(): BodySource {
    const branch = new Branch()
    this.#branches.push(branch)
    return branch
  }

  start(sink: BodySink): void {
    this.#sink = sink
    this.#source.start(this)
  }

  pause(): void {
    this.#source.pause()
  }

  resume(): void {
    this.#source.resume()
  }

  cancel(): void {
    this.#sink = null
    this.#source.cancel()
    for (const branch of this.#branches) branch.breakOff('the body is wanted no more')
  }

  bytes(bytes: Uint8Array, isLent = false): boolean {
    const kept = isLent ? Buffer.from(bytes) : bytes
    for (const branch of this.#branches) branch.push(kept)
    return this.#sink === null ? true : this.#sink.bytes(kept)
  }

  end(trailers: HeaderList | null): void {
    for (const branch of this.#branches) branch.finish(trailers)
    this.#sink?.end(trailers)
  }

  abort(error: BodyError): void {
    for (const branch of this.#branches) branch.breakOff(error.message)
    this.#sink?.abort(error)
  }
}

/** States: waiting or flowing → ended (whole, broken off or cancelled). */
class Branch implements BodySource {
  #pending: Uint8Array[] = []
  #pendingBytes = 0
  #sink: BodySink | null = null
  #isPaused = false
  #isEnded = false
  #ending: ((sink: BodySink) => void) | null = null

  start(sink: BodySink): void {
    this.#sink = sink
    this.#flush()
  }

  pause(): void {
    this.#isPaused = true
  }

  resume(): void {
    this.#isPaused = false
    this.#flush()
  }

  cancel(): void {
    this.#isEnded = true
    this.#sink = null
    this.#pending = []
  }

  push(bytes: Uint8Array): void {
    if (this.#isEnded || this.#ending !== null) return
    this.#pending.push(bytes)
    this.#pendingBytes += bytes.length
    this.#flush()
    if (this.#pendingBytes > BEHIND_BYTES_MAX) this.breakOff('the copy is too far behind')
  }

  finish(trailers: HeaderList | null): void {
    this.#ending ??= (sink) => sink.end(trailers)
    this.#flush()
  }

  breakOff(message: string): void {
    this.#pending = []
    this.#pendingBytes = 0
    this.#isPaused = false
    this.#ending ??= (sink) => sink.abort({ kind: 'closed', message })
    this.#flush()
  }

  #flush(): void {
    while (this.#sink !== null && !this.#isPaused && this.#pending.length > 0) {
      const bytes = this.#pending.shift()!
      this.#pendingBytes -= bytes.length
      if (!this.#sink.bytes(bytes)) this.#isPaused = true
    }
    if (this.#sink === null || this.#pending.length > 0 || this.#ending === null || this.#isEnded) return
    this.#isEnded = true
    const sink = this.#sink
    this.#sink = null
    this.#ending(sink)
  }
}

/** Takes a body to its end and keeps nothing of it. */
export class DiscardSink implements BodySink {
  readonly done: Promise<void>
  readonly #body: BodySource
  #resolve: () => void = () => {}

  constructor(body: BodySource) {
    this.#body = body
    this.done = new Promise((resolve) => (this.#resolve = resolve))
    body.start(this)
  }

  stop(): void {
    this.#body.cancel()
    this.#resolve()
  }

  bytes(): boolean {
    return true
  }

  end(): void {
    this.#resolve()
  }

  abort(): void {
    this.#resolve()
  }
}
