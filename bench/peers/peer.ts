import type { Entry, Topology } from '../scenarios/scenario.ts'

/** Files of one identity, as paths. */
export interface IdentityFiles {
  readonly identity: string
  readonly chain: string
  readonly key: string
  /** Key and chain in one file, as haproxy wants them. */
  readonly bundle: string
}

export interface Trust {
  readonly roots: string
  /** The proxy at the client. */
  readonly client: IdentityFiles
  /** The proxy at the origin; its certificate also names `serverName`. */
  readonly server: IdentityFiles
  readonly serverName: string
}

/** What a peer is to be configured for: where it listens, where the origin is, and what is spoken. */
export interface Layout {
  readonly topology: Topology
  readonly entry: Entry
  /** Where clients come in; of a pair, where the second proxy listens for the first. */
  readonly entryPort: number
  readonly innerPort: number
  /** Metrics and administration of the first and the second. */
  readonly adminPort: number
  readonly innerAdminPort: number
  /** Two of them, so that there is something to balance. */
  readonly originPorts: readonly number[]
  /** The same pages in HTTP/1.1, for a peer that speaks nothing else to origins. */
  readonly http1OriginPorts: readonly number[]
  readonly workers: number
  readonly trust: Trust
  /** Scratch space of this peer alone. */
  readonly directory: string
}

export interface ProxyProcess {
  readonly command: string
  readonly args: readonly string[]
  /** Written below the peer's directory before it starts. */
  readonly files: Readonly<Record<string, string>>
  /** When somebody listens here, the process is ready. */
  readonly port: number
  readonly env?: Readonly<Record<string, string>>
}

/** A proxy under test. All do the same job: routes by host and path, balancing, pools, metrics, no access log. */
export interface Peer {
  readonly name: string
  /** Why it cannot be had on this machine, or ''. */
  missing(): string
  version(): string
  /** What it does otherwise than asked, for the report; '' when nothing. */
  note(layout: Pick<Layout, 'topology' | 'entry'>): string
  /** In the order of their start: of a pair, the one at the origin first. */
  processes(layout: Layout): readonly ProxyProcess[]
}

/** The name under which clients ask, and prefixes of paths, so that every peer has a choice to make. */
export const host = 'bench.test'
export const prefixes = ['/api/', '/static/', '/bench.Echo/'] as const
