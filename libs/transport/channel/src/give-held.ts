import type { ChannelHandler } from './channel.ts'

/** A channel whose handler could not be given all that came. */
export interface HeldTaker {
  readonly handler: ChannelHandler
  /** It is open, and its handler has not asked for a pause. */
  readonly isFlowing: boolean
}

/** Gives what was held to the handler, in order; returns what is left of it when it has had enough, else null. */
export function giveHeld(held: readonly Uint8Array[] | null, taker: HeldTaker): Uint8Array[] | null {
  if (held === null) return null
  for (let i = 0; i < held.length; i++) {
    if (!taker.isFlowing) return held.slice(i)
    taker.handler.bytes(held[i]!)
  }
  return null
}
