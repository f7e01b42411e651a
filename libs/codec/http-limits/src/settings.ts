import { type ConfigOf, count, duration } from '@weft/config'
import { defaultHttp1Limits, type Http1Limits } from '@weft/http1'
import { defaultHttp2Limits, type Http2Limits } from '@weft/http2'

const KIB = 1024
const MIB = 1024 * KIB
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

const http1 = (limit: keyof Http1Limits): { default: number } => ({ default: defaultHttp1Limits[limit] })
const http2 = (limit: keyof Http2Limits): { default: number } => ({ default: defaultHttp2Limits[limit] })

/** What holds for every version of HTTP. */
const eitherSettings = {
  httpIdleTimeout: duration(
    'HTTP: how long a connection of a client may be without a request.',
    { default: HOUR_MS },
    { minMs: 1_000, maxMs: 24 * HOUR_MS, isZeroNever: true },
  ),
  httpBodyTimeout: duration(
    'HTTP: a request is answered with 408 when its body brings too little in this time. Not for gRPC and tunnels.',
    http2('bodyTimeoutMs'),
    { minMs: 1_000, maxMs: HOUR_MS, isZeroNever: true },
  ),
  httpBodyBytesMin: count('HTTP: octets that a body must bring in that time.', 1, MIB, http2('bodyBytesMin')),
  httpReaderTimeout: duration(
    'HTTP: a client is given up when it takes too little of a reply in this time.',
    http2('stallTimeoutMs'),
    { minMs: 1_000, maxMs: HOUR_MS, isZeroNever: true },
  ),
  httpReaderBytesMin: count('HTTP: octets that it must take in that time.', 1, MIB, http2('stallBytesMin')),
  httpLinger: duration(
    'HTTP/1.1: how long the rest of a request is read after its reply, before the connection is closed.',
    { default: 5_000 },
    { minMs: 100, maxMs: 10 * MINUTE_MS },
  ),
  httpDropBytesMax: count('HTTP/1.1: how much of it is read and dropped.', 0, 1024 * MIB, { default: MIB }),
} as const

/** What a peer of HTTP/1 may make us hold. */
const http1Settings = {
  http1HeadTimeout: duration(
    'HTTP/1.1: from the first octet of a head to its last.',
    { default: MINUTE_MS },
    { minMs: 1_000, maxMs: HOUR_MS },
  ),
  http1HeadBytesMax: count('HTTP/1.1: start line and fields, with line ends.', 256, MIB, http1('headBytesMax')),
  http1StartLineBytesMax: count('HTTP/1.1: request line or status line.', 64, MIB, http1('startLineBytesMax')),
  http1FieldLineBytesMax: count('HTTP/1.1: one field line.', 64, MIB, http1('fieldLineBytesMax')),
  http1FieldsMax: count('HTTP/1.1: fields of a head, and of trailers.', 1, 10_000, http1('fieldsMax')),
  http1TrailerBytesMax: count('HTTP/1.1: trailers, with line ends.', 64, MIB, http1('trailerBytesMax')),
  http1ChunkExtensionBytesMax: count(
    'HTTP/1.1: extensions of one chunk; 0 refuses all.',
    0,
    64 * KIB,
    http1('chunkExtensionBytesMax'),
  ),
  http1ChunkExtensionsBytesMax: count(
    'HTTP/1.1: extensions of all chunks of a message.',
    0,
    MIB,
    http1('chunkExtensionsBytesMax'),
  ),
  http1InterimHeadsMax: count(
    'HTTP/1.1: interim replies (1xx) before the final one.',
    1,
    10_000,
    http1('interimHeadsMax'),
  ),
  http1ConnectionOptionsMax: count('HTTP/1.1: options in Connection.', 1, 1_000, http1('connectionOptionsMax')),
  http1PipelinedBytesMax: count('HTTP/1.1: octets read beyond the request that is under way.', 1, 16 * MIB, {
    default: 64 * KIB,
  }),
  http1UnreadBytesMax: count(
    'HTTP/1.1: octets that wait to be read, at the most, before the connection is refused.',
    256 * KIB,
    64 * MIB,
    http1('unreadBytesMax'),
  ),
} as const

const perWindow = (what: string, limit: keyof Http2Limits, min = 1) =>
  count(`HTTP/2: ${what}, in each flood window.`, min, 10_000_000, http2(limit))

/** What a peer of HTTP/2 may make us hold and do. What is too much in a flood window ends the connection (ENHANCE_YOUR_CALM). */
const http2Settings = {
  http2StreamsMax: count('HTTP/2: streams that a client may have open; announced.', 1, 10_000, http2('streamsMax')),
  http2HeaderListBytesMax: count(
    'HTTP/2: fields of a head, each with 32 octets more; announced. Larger is 431.',
    KIB,
    MIB,
    http2('headerListBytesMax'),
  ),
  http2HeaderFieldsMax: count('HTTP/2: fields of a head.', 8, 10_000, http2('headerFieldsMax')),
  http2HeaderBlockBytesMax: count(
    'HTTP/2: a compressed head over all its frames.',
    KIB,
    2 * MIB,
    http2('headerBlockBytesMax'),
  ),
  http2ContinuationFramesMax: count('HTTP/2: CONTINUATION frames of a head.', 0, 1_024, http2('continuationFramesMax')),
  http2SettingsEntriesMax: count('HTTP/2: entries of one SETTINGS.', 8, 2_730, http2('settingsEntriesMax')),
  http2InterimRepliesMax: count('HTTP/2: interim replies (1xx) on a stream.', 1, 10_000, http2('interimRepliesMax')),
  http2FloodWindow: duration('HTTP/2: the time over which floods are counted.', http2('floodWindowMs'), {
    minMs: 1_000,
    maxMs: 10 * MINUTE_MS,
  }),
  http2EarlyResetsPerWindowMax: perWindow(
    'streams opened and reset before our reply (rapid reset)',
    'earlyResetsPerWindowMax',
  ),
  http2ResetsPerWindowMax: perWindow('streams opened and reset', 'resetsPerWindowMax'),
  http2ProvokedResetsPerWindowMax: perWindow('streams that we had to reset or refuse', 'provokedResetsPerWindowMax'),
  http2SettingsPerWindowMax: perWindow('SETTINGS', 'settingsPerWindowMax', 2),
  http2PingsPerWindowMax: perWindow('PINGs', 'pingsPerWindowMax', 2),
  http2EmptyDataPerWindowMax: perWindow('DATA without content', 'emptyDataPerWindowMax'),
  http2PrioritiesPerWindowMax: perWindow('PRIORITY', 'prioritiesPerWindowMax'),
  http2SmallWindowUpdatesPerWindowMax: perWindow(
    'WINDOW_UPDATEs of few octets without need',
    'smallWindowUpdatesPerWindowMax',
  ),
  http2SmallDataPerWindowMax: perWindow('DATA that the windows of the peer made small', 'smallDataPerWindowMax'),
  http2IgnoredFramesPerWindowMax: perWindow('frames without effect', 'ignoredFramesPerWindowMax'),
  http2UnsentBytesMax: count(
    'HTTP/2: octets of answers that wait for a peer that reads nothing.',
    16 * KIB,
    256 * MIB,
    http2('unsentBytesMax'),
  ),
  http2SettingsTimeout: duration(
    'HTTP/2: for the preface, and for the acknowledgement of our SETTINGS.',
    http2('settingsTimeoutMs'),
    { minMs: 100, maxMs: 10 * MINUTE_MS },
  ),
  http2HeaderBlockTimeout: duration(
    'HTTP/2: from the first frame of a head to its last.',
    http2('headerBlockTimeoutMs'),
    {
      minMs: 100,
      maxMs: 10 * MINUTE_MS,
    },
  ),
  http2KeepAlive: duration(
    'HTTP/2: a client that says nothing for so long is asked by PING whether it is there.',
    { default: MINUTE_MS },
    { minMs: 1_000, maxMs: 24 * HOUR_MS, isZeroNever: true },
  ),
} as const

/** What tunnels may cost. */
const hboneSettings = {
  hboneTunnelsMax: count('HBONE: tunnels that a peer may have open on a connection; announced.', 1, 10_000, {
    default: 200,
  }),
  hboneTunnelsPerConnectionMax: count('HBONE: tunnels of ours on a connection, before another is made.', 1, 10_000, {
    default: 100,
  }),
  hboneConnectionsMax: count('HBONE: connections to one peer for one caller.', 1, 10_000, { default: 256 }),
  hbonePendingMax: count('HBONE: tunnels that wait for room in them.', 0, 100_000, { default: 1_024 }),
  hboneHeldBytesMax: count(
    'HBONE: octets that tunnels whose readers rest may hold, so that they do not stop others.',
    0,
    4_096 * MIB,
    { default: 256 * MIB },
  ),
} as const

/** Every limit of HTTP, for the tables of the programs that obey them. */
export const httpSettings = { ...eitherSettings, ...http1Settings, ...http2Settings, ...hboneSettings } as const

export type HttpSettings = ConfigOf<typeof httpSettings>
