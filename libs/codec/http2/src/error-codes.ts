/** The error codes of RST_STREAM and GOAWAY. Source: RFC 9113 section 7. */
export const ErrorCode = {
  noError: 0x0,
  protocolError: 0x1,
  internalError: 0x2,
  flowControlError: 0x3,
  settingsTimeout: 0x4,
  streamClosed: 0x5,
  frameSizeError: 0x6,
  refusedStream: 0x7,
  cancel: 0x8,
  compressionError: 0x9,
  connectError: 0xa,
  enhanceYourCalm: 0xb,
  inadequateSecurity: 0xc,
  http11Required: 0xd,
  /** Never on the wire: the transport went away under the stream. */
  connectionLost: -1,
} as const

export type ErrorCode = (typeof ErrorCode)[keyof typeof ErrorCode]

const names = new Map<number, string>(Object.entries(ErrorCode).map(([name, code]) => [code, name]))

/** The code as logs and metric labels show it: `refused_stream`, or `unknown` for a code outside the table. */
export function errorCodeName(code: number): string {
  const name = names.get(code)
  return name === undefined ? 'unknown' : name.replace(/[A-Z]|11/g, (part) => '_' + part.toLowerCase())
}

/** Why a connection ended other than in order. `code` is what went, or would have gone, into GOAWAY. */
export class Http2Error extends Error {
  readonly code: number
  /** True when the peer told us so by GOAWAY, false when we found it ourselves. */
  readonly fromPeer: boolean

  constructor(code: number, message: string, fromPeer = false) {
    super(message)
    this.name = 'Http2Error'
    this.code = code
    this.fromPeer = fromPeer
  }
}
