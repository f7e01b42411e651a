import type { Fault } from '@weft/faults'

/** A connection as a pool sees it. Its owner tells the pool of every change by `release` (exclusive) or `sweep` (shared). */
export interface PoolMember {
  /** May take new work now. For exclusive members: open and between two exchanges. */
  readonly isUsable: boolean
  /** How long its peer said that it keeps it when idle; -1 when it does not say. */
  readonly keptIdleMs?: number
  /** Ends in order, once what is in flight is over. */
  close(): void
}

export type Connected<C> = { readonly ok: true; readonly connection: C } | Fault

export type Connect<C> = () => Promise<Connected<C>>

/** What became of a request for a connection. `reused`: it has carried other work before, so its peer may just be closing it. */
export type Leased<C> = { readonly ok: true; readonly connection: C; readonly reused: boolean } | Fault

/** Whoever waits for a connection: `running` is set to what calls the wait off, and back to null when it is over. */
export interface Waits {
  running: { stop(why: Fault): void } | null
}

export interface PoolOptions {
  readonly connectionsMax: number
  /** Requests that wait for a connection beyond those being made. */
  readonly pendingMax: number
  /** Idle connections that are kept; those over it are closed, oldest first. */
  readonly idleMax: number
  /** An idle connection is closed after this long, or earlier when the peer is seen to keep it for less. */
  readonly idleTimeoutMs: number
  /** A connection is not used again when it is older, less up to a tenth by chance; 0: never too old. */
  readonly ageMaxMs: number
  /** A connection is not used again after so many leases; 0: no limit. */
  readonly leasesMax: number
  /** So many connections are kept open whether they are asked for or not. */
  readonly warm: number
  /** What set these limits, for reasons; '' for nobody. */
  readonly rule: string
}

export const defaultPoolOptions: PoolOptions = Object.freeze({
  connectionsMax: 1024,
  pendingMax: 10_000,
  idleMax: 256,
  idleTimeoutMs: 60_000,
  ageMaxMs: 0,
  leasesMax: 0,
  warm: 0,
  rule: '',
})
