import type { HeaderList, ReplyHead, RequestHead } from '@weft/message'
import type { Http1FaultCode } from '../faults.ts'
import type { Http1Handler, Http1Reader } from '../reader.ts'

/** One message as a reader told it. Octets are joined, so that the same message reads the same however it was cut. */
export interface RecordedMessage<Head> {
  readonly interims: Head[]
  head: Head | null
  /** Names and values of its fields. */
  fields: readonly string[]
  body: string
  /** `none` while the end has not come. */
  trailers: readonly string[] | 'none' | null
  persistent: boolean
}

/**
 * Takes down all that a reader tells. After each message it goes on by `next` with the methods given, unless
 * `stopsAtEnd`.
 */
export class Recorder<Head extends RequestHead | ReplyHead> implements Http1Handler<Head> {
  readonly messages: RecordedMessage<Head>[] = []
  code: Http1FaultCode | null = null
  message = ''
  reader: Http1Reader<Head> | null = null
  stopsAtEnd = false
  /** Methods of the requests whose replies are yet to be read. */
  methods: string[] = []
  #isOpen = false

  interim(head: Head): void {
    this.#current().interims.push(head)
  }

  head(head: Head): void {
    const current = this.#current()
    current.head = head
    current.fields = head.headers.copy().flat
    current.persistent = this.reader?.persistent ?? false
  }

  bytes(bytes: Uint8Array): void {
    this.#current().body += Buffer.from(bytes).toString('latin1')
  }

  end(trailers: HeaderList | null): void {
    this.#current().trailers = trailers === null ? null : trailers.flat
    this.#isOpen = false
    if (!this.stopsAtEnd) this.reader?.next(this.methods.shift() ?? 'GET')
  }

  failed(code: Http1FaultCode, message: string): void {
    this.code = code
    this.message = message
  }

  #current(): RecordedMessage<Head> {
    if (this.#isOpen) return this.messages.at(-1)!
    this.#isOpen = true
    const message = { interims: [], head: null, fields: [], body: '', trailers: 'none' as const, persistent: false }
    this.messages.push(message)
    return message
  }
}
