/** What one peer may make a reader hold or do. Every limit has a code of its own in {@link http1Faults}. */
export interface Http1Limits {
  /** Start line and fields with all line ends. */
  readonly headBytesMax: number
  /** Request line or status line without its line end. */
  readonly startLineBytesMax: number
  /** One field line without its line end. */
  readonly fieldLineBytesMax: number
  /** Fields of a head, and separately of the trailers. */
  readonly fieldsMax: number
  /** Trailers with all line ends. */
  readonly trailerBytesMax: number
  /** Extensions of one chunk, without the size and the line end. */
  readonly chunkExtensionBytesMax: number
  /** Extensions of all chunks of one message together. */
  readonly chunkExtensionsBytesMax: number
  /** Interim replies (1xx) before the final one. */
  readonly interimHeadsMax: number
  /** Connection options of a message. */
  readonly connectionOptionsMax: number
  /** Octets fed while the reader was told to wait. */
  readonly unreadBytesMax: number
}

export const defaultHttp1Limits: Http1Limits = Object.freeze({
  headBytesMax: 64 * 1024,
  startLineBytesMax: 16 * 1024,
  fieldLineBytesMax: 32 * 1024,
  fieldsMax: 128,
  trailerBytesMax: 16 * 1024,
  chunkExtensionBytesMax: 256,
  chunkExtensionsBytesMax: 16 * 1024,
  interimHeadsMax: 128,
  connectionOptionsMax: 16,
  unreadBytesMax: 4 * 1024 * 1024,
})

let lastPartial: Partial<Http1Limits> | null = null
let last: Http1Limits = defaultHttp1Limits

/** The defaults with what `partial` says instead: one object as long as it is asked for the same, since every connection asks. */
export function withDefaultLimits(partial: Partial<Http1Limits>): Http1Limits {
  if (partial === lastPartial) return last
  lastPartial = partial
  const isEmpty = Object.keys(partial).length === 0
  last = isEmpty ? defaultHttp1Limits : Object.freeze({ ...defaultHttp1Limits, ...partial })
  return last
}
