import type { BodyError, BodySink, BodySource, HeaderList } from '@weft/message'

/** All of a body that ended as it should; rejects when it broke off. */
export function collectBody(source: BodySource): Promise<{ octets: Buffer; trailers: HeaderList | null }> {
  const chunks: Uint8Array[] = []
  return new Promise((resolve, reject) => {
    source.start({
      bytes: (bytes) => (chunks.push(bytes), true),
      end: (trailers) => resolve({ octets: Buffer.concat(chunks), trailers }),
      abort: (error: BodyError) => reject(new Error(`${error.kind}: ${error.message}`)),
    })
  })
}

/** A body that a test gives piece by piece, and that says whether its taker is willing. */
export class ScriptedBody implements BodySource {
  isPaused = false
  isCancelled = false
  #sink: BodySink | null = null
  #held: ((sink: BodySink) => void)[] = []

  get isStarted(): boolean {
    return this.#sink !== null
  }

  start(sink: BodySink): void {
    this.#sink = sink
    for (const give of this.#held.splice(0)) give(sink)
  }

  pause(): void {
    this.isPaused = true
  }

  resume(): void {
    this.isPaused = false
  }

  cancel(): void {
    this.isCancelled = true
  }

  give(text: string | Uint8Array): void {
    this.#give((sink) => {
      if (!sink.bytes(typeof text === 'string' ? Buffer.from(text) : text)) this.isPaused = true
    })
  }

  end(trailers: HeaderList | null = null): void {
    this.#give((sink) => sink.end(trailers))
  }

  abort(error: BodyError): void {
    this.#give((sink) => sink.abort(error))
  }

  #give(give: (sink: BodySink) => void): void {
    if (this.isCancelled) return
    if (this.#sink === null) this.#held.push(give)
    else give(this.#sink)
  }
}
