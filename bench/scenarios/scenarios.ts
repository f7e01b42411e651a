import type { Scenario } from './scenario.ts'

type Kind = Omit<Scenario, 'name' | 'topology'> & { readonly kind: string }

const SMALL_BYTES = 128
const PAGE_BYTES = 65_536
const small = { path: '/api/items', sizeBytes: SMALL_BYTES } as const

const kinds: readonly Kind[] = [
  {
    kind: 'http1-small',
    title: 'HTTP/1.1, small',
    entry: 'http1',
    unit: 'requests',
    ...small,
    closed: { tool: 'wrk', connections: 32, newConnectionEach: false },
    open: { protocol: 'http1', connections: 64, streams: 1 },
  },
  {
    kind: 'http1-64k',
    title: 'HTTP/1.1, 64 KiB',
    entry: 'http1',
    unit: 'requests',
    path: '/static/page',
    sizeBytes: PAGE_BYTES,
    closed: { tool: 'wrk', connections: 32, newConnectionEach: false },
    open: { protocol: 'http1', connections: 64, streams: 1 },
  },
  {
    kind: 'http1-connect',
    title: 'HTTP/1.1, a new connection each',
    entry: 'http1',
    unit: 'requests',
    ...small,
    closed: { tool: 'wrk', connections: 32, newConnectionEach: true },
    open: { protocol: 'http1-connect', connections: 64, streams: 1 },
  },
  {
    kind: 'http2',
    title: 'HTTP/2, many streams',
    entry: 'http2',
    unit: 'requests',
    ...small,
    closed: { tool: 'h2load', connections: 4, streams: 32, isGrpc: false },
    open: { protocol: 'h2', connections: 4, streams: 32 },
  },
  {
    kind: 'grpc-unary',
    title: 'gRPC, unary',
    entry: 'grpc',
    unit: 'requests',
    ...small,
    path: '/bench.Echo/Unary',
    closed: { tool: 'h2load', connections: 4, streams: 32, isGrpc: true },
    open: { protocol: 'grpc-unary', connections: 4, streams: 32 },
  },
  {
    kind: 'grpc-stream',
    title: 'gRPC, streaming both ways',
    entry: 'grpc',
    unit: 'messages',
    ...small,
    path: '/bench.Echo/Stream',
    closed: { tool: 'load', protocol: 'grpc-stream', connections: 4, streams: 32 },
    open: { protocol: 'grpc-stream', connections: 4, streams: 32 },
  },
  {
    kind: 'tcp-small',
    title: 'TCP, request and response',
    entry: 'tcp',
    unit: 'messages',
    ...small,
    closed: { tool: 'load', protocol: 'tcp', connections: 32, streams: 1 },
    open: { protocol: 'tcp', connections: 64, streams: 1 },
  },
  {
    kind: 'tcp-connect',
    title: 'TCP, a new connection each',
    entry: 'tcp',
    unit: 'connections',
    ...small,
    closed: { tool: 'load', protocol: 'tcp-connect', connections: 32, streams: 1 },
    open: { protocol: 'tcp-connect', connections: 64, streams: 1 },
  },
  {
    kind: 'tcp-bulk',
    title: 'TCP, bulk',
    entry: 'tcp-source',
    unit: 'MiB',
    ...small,
    closed: { tool: 'load', protocol: 'bulk', connections: 4, streams: 1 },
    open: null,
  },
]

/** Every scenario twice: one hop, and a pair with mutual TLS between the two. */
export const scenarios: readonly Scenario[] = (['hop', 'pair'] as const).flatMap((topology) =>
  kinds.map(({ kind, ...rest }) => ({ name: topology === 'pair' ? `pair-${kind}` : kind, topology, ...rest })),
)

/** What a quick run does unless told otherwise: one of each kind of path. */
export const quickScenarios = ['http1-small', 'http1-64k', 'http2', 'tcp-small', 'pair-http1-small', 'pair-tcp-small']

/** Names, or `*` at an end for several: `pair-*`. Names nothing: an error that lists what there is. */
export function scenariosNamed(patterns: readonly string[]): readonly Scenario[] {
  const chosen = patterns.flatMap((pattern) => {
    const found = scenarios.filter(({ name }) => matches(pattern, name))
    if (found.length > 0) return found
    throw new Error(`scenario "${pattern}": expected one of ${scenarios.map(({ name }) => name).join(', ')}`)
  })
  return scenarios.filter((scenario) => chosen.includes(scenario))
}

function matches(pattern: string, name: string): boolean {
  if (pattern.endsWith('*')) return name.startsWith(pattern.slice(0, -1))
  return pattern.startsWith('*') ? name.endsWith(pattern.slice(1)) : name === pattern
}
