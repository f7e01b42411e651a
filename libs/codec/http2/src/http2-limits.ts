/**
 * Everything that a peer can make us hold or do, with its bound.
 *
 * What is counted "per window" is counted over `floodWindowMs`; going over it ends the connection with GOAWAY
 * ENHANCE_YOUR_CALM. A timeout of 0 is off.
 */
export interface Http2Limits {
  /** Streams that the peer may have open; announced. One more is refused with REFUSED_STREAM. */
  readonly streamsMax: number
  /** Names and values with 32 octets each (RFC 9113 6.5.2); announced. A larger request gets 431, a larger reply a reset. */
  readonly headerListBytesMax: number
  readonly headerFieldsMax: number
  /** One compressed header block over all its frames. */
  readonly headerBlockBytesMax: number
  readonly continuationFramesMax: number
  readonly settingsEntriesMax: number
  /** 1xx heads on one stream. */
  readonly interimRepliesMax: number

  readonly floodWindowMs: number
  /** Streams that the peer opened and reset before our reply began (rapid reset, CVE-2023-44487). */
  readonly earlyResetsPerWindowMax: number
  /** Streams that the peer opened and reset at any time. */
  readonly resetsPerWindowMax: number
  /** Streams that we reset or refused because of what the peer sent. */
  readonly provokedResetsPerWindowMax: number
  readonly settingsPerWindowMax: number
  readonly pingsPerWindowMax: number
  /** DATA frames without content and without END_STREAM. */
  readonly emptyDataPerWindowMax: number
  readonly prioritiesPerWindowMax: number
  /** WINDOW_UPDATEs of a few octets, beyond four for each DATA frame that we sent as large as we wanted it. */
  readonly smallWindowUpdatesPerWindowMax: number
  /** DATA frames of ours that the peer's windows made smaller than 256 octets, though there was more to send. */
  readonly smallDataPerWindowMax: number
  /** Frames of unknown type, and frames for streams that are over. */
  readonly ignoredFramesPerWindowMax: number
  /** Octets of answers (acknowledgements, resets, …) that wait while the transport takes nothing. */
  readonly unsentBytesMax: number

  /** For the connection preface and for the acknowledgement of our SETTINGS. */
  readonly settingsTimeoutMs: number
  /** Between HEADERS and the END_HEADERS that belongs to it. */
  readonly headerBlockTimeoutMs: number
  /** A request whose body brings less than `bodyBytesMin` in this time, though there is room for it, has stalled. */
  readonly bodyTimeoutMs: number
  readonly bodyBytesMin: number
  /** A body that waits this long for the peer's window, or for the transport, is given up (RST_STREAM CANCEL). */
  readonly stallTimeoutMs: number
  /** Unless so many octets of it have gone in that time. */
  readonly stallBytesMin: number
}

export const defaultHttp2Limits: Http2Limits = Object.freeze({
  streamsMax: 256,
  headerListBytesMax: 65_536,
  headerFieldsMax: 256,
  headerBlockBytesMax: 98_304,
  continuationFramesMax: 16,
  settingsEntriesMax: 128,
  interimRepliesMax: 32,
  floodWindowMs: 10_000,
  earlyResetsPerWindowMax: 500,
  resetsPerWindowMax: 10_000,
  provokedResetsPerWindowMax: 500,
  settingsPerWindowMax: 500,
  // grpc-go measures its bandwidth with one PING a round trip; on one machine that is thousands a second.
  pingsPerWindowMax: 50_000,
  emptyDataPerWindowMax: 1000,
  prioritiesPerWindowMax: 2000,
  smallWindowUpdatesPerWindowMax: 2000,
  smallDataPerWindowMax: 2000,
  ignoredFramesPerWindowMax: 10_000,
  unsentBytesMax: 1 << 20,
  settingsTimeoutMs: 10_000,
  headerBlockTimeoutMs: 10_000,
  bodyTimeoutMs: 60_000,
  bodyBytesMin: 256,
  stallTimeoutMs: 120_000,
  stallBytesMin: 4096,
})

/** How often each limit was hit. One object may be shared by all connections of a worker; metrics read it. */
export class Http2Counters {
  streamsRefused = 0
  headerListsTooLarge = 0
  malformedHeads = 0
  /** Connections ended by ENHANCE_YOUR_CALM, by what was too much. */
  headerBlockFloods = 0
  earlyResetFloods = 0
  resetFloods = 0
  provokedResetFloods = 0
  settingsFloods = 0
  pingFloods = 0
  emptyDataFloods = 0
  priorityFloods = 0
  windowUpdateFloods = 0
  smallDataFloods = 0
  ignoredFrameFloods = 0
  interimFloods = 0
  unsentFloods = 0
  /** Ended by a timeout. */
  settingsTimeouts = 0
  headerBlockTimeouts = 0
  keepAliveTimeouts = 0
  bodyTimeouts = 0
  stallTimeouts = 0
}
