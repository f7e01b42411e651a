import type { HeaderList } from './headers.ts'

/** `connect`: bytes both ways without framing (CONNECT, Upgrade). */
export type BodyKind = 'none' | 'length' | 'stream' | 'tunnel'

/** The start line and fields of a request, the same for HTTP/1 and HTTP/2. Hop-by-hop fields are already taken out. */
export class RequestHead {
  method: string
  /** `http` or `https` as the client sees it. */
  scheme: string
  /** Host and optional port; never empty except for HTTP/1.0 without Host. */
  authority: string
  /** Origin form with query, `*` for OPTIONS, '' for CONNECT. */
  path: string
  headers: HeaderList
  /** 10, 11 or 20: what the client spoke. */
  version: number
  bodyKind: BodyKind
  /** Octets announced by Content-Length, or -1. */
  bodyLength: number
  /** The protocol asked for by Upgrade (HTTP/1) or `:protocol` (RFC 8441), lower case; '' for none. */
  upgrade: string
  /** The client waits for 100 Continue before it sends the body. */
  expectsContinue: boolean

  constructor(method: string, scheme: string, authority: string, path: string, headers: HeaderList, version: number) {
    this.method = method
    this.scheme = scheme
    this.authority = authority
    this.path = path
    this.headers = headers
    this.version = version
    this.bodyKind = 'none'
    this.bodyLength = -1
    this.upgrade = ''
    this.expectsContinue = false
  }
}

/** The status line and fields of a reply. */
export class ReplyHead {
  status: number
  /** The reason phrase of HTTP/1, '' when there was none. */
  reasonPhrase: string
  headers: HeaderList
  version: number
  bodyKind: BodyKind
  bodyLength: number
  /** The protocol of a 101 (or asked for by a 426), lower case; '' for none. */
  upgrade: string

  constructor(status: number, headers: HeaderList, version: number) {
    this.status = status
    this.reasonPhrase = ''
    this.headers = headers
    this.version = version
    this.bodyKind = 'none'
    this.bodyLength = -1
    this.upgrade = ''
  }
}

/**
 * Where a body's octets come from. Nothing flows before `start`; then the sink is called in order:
 * any number of `bytes`, and at last exactly one of `end` or `abort`.
 */
export interface BodySource {
  start(sink: BodySink): void
  /** Asks for no more `bytes` until `resume`; a few already on their way may still come. */
  pause(): void
  resume(): void
  /** The taker wants no more: the source frees what it holds and calls the sink no more. Safe in any state, and twice. */
  cancel(): void
}

/** Where a body's octets go. */
export interface BodySink {
  /** Whether octets may be lent to it; a sink that does not say so is never lent any. May change over its life. */
  readonly borrows?: boolean
  /**
   * Takes the octets over: the giver never changes them afterwards, unless `isLent` (they change once the turn, its
   * microtasks and its ticks are over: what is kept must be copied). False asks the giver to `pause` until resumed.
   */
  bytes(bytes: Uint8Array, isLent?: boolean): boolean
  /** The body is whole. `trailers` is null when there were none. */
  end(trailers: HeaderList | null): void
  /** The body broke off; what has come is not all. */
  abort(error: BodyError): void
}

/** Why a body broke off: closed (connection gone), reset (peer said so), malformed, timeout. */
export interface BodyError {
  readonly kind: 'closed' | 'reset' | 'malformed' | 'timeout'
  readonly message: string
}

/** The body of a message that has none. */
export const emptyBody: BodySource = Object.freeze({
  start: (sink: BodySink) => sink.end(null),
  pause: () => {},
  resume: () => {},
  cancel: () => {},
})
