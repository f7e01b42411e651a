import type { Channel } from '@weft/channel'
import type { Fault } from '@weft/faults'
import { Http1Refusal, writeReplyHead } from '@weft/http1'
import type { Reply } from '@weft/stack'
import { faultReply } from './fault-reply.ts'

/** Writes a fault, or the reply made of one, as a whole HTTP/1.1 response to a client that is not served, and half-closes. */
export function refuseWithReply(channel: Channel, refusal: Fault | Reply): void {
  const reply = refusal.ok ? refusal : faultReply(refusal, null)
  const head = writeReplyHead(reply.head, null, false)
  if (head instanceof Http1Refusal) return channel.destroy(new Error(head.message))
  channel.write(head)
  reply.body.start({ bytes: (bytes) => channel.write(bytes), end: () => channel.end(), abort: () => {} })
}
