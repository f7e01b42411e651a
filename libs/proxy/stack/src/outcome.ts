import type { Fault } from '@weft/faults'
import type { BodySource, ReplyHead } from '@weft/message'

/** What a handler gives back. */
export type Outcome = Reply | Fault

/**
 * The good outcome. Whoever holds it must see to the body: start it, or cancel it.
 * With a head of body kind `tunnel` the body is what comes back through the tunnel.
 */
export class Reply {
  readonly ok = true
  readonly head: ReplyHead
  /** May be wrapped on the way up, as long as nobody has started it. */
  body: BodySource

  constructor(head: ReplyHead, body: BodySource) {
    this.head = head
    this.body = body
  }
}
