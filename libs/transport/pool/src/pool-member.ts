import type { Fault } from '@weft/faults'

/** A connection as a pool sees it. */
export interface PoolMember {
  /** May take new work now. For exclusive members: open and between two exchanges. */
  readonly isUsable: boolean
  /** Ends in order, once what is in flight is over. */
  close(): void
}

export type Connected<C> = { readonly ok: true; readonly connection: C } | Fault

export type Connect<C> = () => Promise<Connected<C>>

/** What became of a request for a connection. `reused`: it has carried other work before, so its peer may just be closing it. */
export type Leased<C> = { readonly ok: true; readonly connection: C; readonly reused: boolean } | Fault

export interface PoolOptions {
  readonly connectionsMax: number
  /** Requests that wait for a connection beyond those being made. */
  readonly pendingMax: number
  /** Idle connections that are kept; those over it are closed, oldest first. */
  readonly idleMax: number
  /** An idle connection is closed after this long. */
  readonly idleTimeoutMs: number
}

export const defaultPoolOptions: PoolOptions = Object.freeze({
  connectionsMax: 1024,
  pendingMax: 10_000,
  idleMax: 256,
  idleTimeoutMs: 60_000,
})
