import type { BodyError, BodySink, HeaderList, ReplyHead, RequestHead } from '@weft/message'
import type { Http2Handler, Http2StreamHandler } from '../http2-handler.ts'
import type { Http2Stream } from '../http2-stream.ts'

export interface RecordedRequest {
  readonly stream: Http2Stream
  readonly head: RequestHead
  readonly handler: RecordingStreamHandler
}

/** Writes down what a connection tells; `onRequest` may answer. */
export class RecordingHandler implements Http2Handler {
  readonly requests: RecordedRequest[] = []
  readonly goaways: { lastStreamId: number; code: number; debug: string }[] = []
  settingsCount = 0
  availableCount = 0
  closedWith: Error | null | undefined = undefined
  onRequest: (stream: Http2Stream, head: RequestHead) => void = () => {}

  request(stream: Http2Stream, head: RequestHead): void {
    const handler = new RecordingStreamHandler()
    stream.handler = handler
    this.requests.push({ stream, head, handler })
    this.onRequest(stream, head)
  }

  settings(): void {
    this.settingsCount++
  }

  available(): void {
    this.availableCount++
  }

  goaway(lastStreamId: number, code: number, debug: string): void {
    this.goaways.push({ lastStreamId, code, debug })
  }

  closed(error: Error | null): void {
    this.closedWith = error
  }
}

/** Writes down what a stream tells. */
export class RecordingStreamHandler implements Http2StreamHandler {
  replyHead: ReplyHead | null = null
  readonly interims: ReplyHead[] = []
  resetWith: { code: number; processed: boolean } | null = null
  drainedCount = 0
  closedCount = 0
  onReply: (head: ReplyHead) => void = () => {}

  reply(head: ReplyHead): void {
    this.replyHead = head
    this.onReply(head)
  }

  interim(head: ReplyHead): void {
    this.interims.push(head)
  }

  reset(code: number, processed: boolean): void {
    this.resetWith = { code, processed }
  }

  drained(): void {
    this.drainedCount++
  }

  closed(): void {
    this.closedCount++
  }
}

/** Keeps a body. `isOpen` false asks for a pause with each chunk. */
export class RecordingSink implements BodySink {
  readonly chunks: Uint8Array[] = []
  bytesCount = 0
  isEnded = false
  trailers: HeaderList | null = null
  error: BodyError | null = null
  isOpen = true

  bytes(bytes: Uint8Array): boolean {
    this.chunks.push(bytes)
    this.bytesCount += bytes.length
    return this.isOpen
  }

  end(trailers: HeaderList | null): void {
    this.isEnded = true
    this.trailers = trailers
  }

  abort(error: BodyError): void {
    this.error = error
  }

  get text(): string {
    return Buffer.concat(this.chunks).toString('latin1')
  }
}
