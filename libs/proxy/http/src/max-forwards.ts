import { Http1Refusal, writeRequestHead } from '@weft/http1'
import { emptyBody, HeaderList, ReplyHead, type RequestHead } from '@weft/message'
import { Reply } from '@weft/stack'
import { bytesBody } from './fault-reply.ts'

/**
 * Counts this hop for OPTIONS and TRACE: lowers Max-Forwards by one, or, when it has come down to 0, gives the reply that
 * ends the way here. Null when the request goes on.
 *
 * Source: RFC 9110 sections 7.6.2 and 9.3.8; credentials and cookies are left out of what TRACE shows.
 */
export function countForward(head: RequestHead): Reply | null {
  if (head.method !== 'OPTIONS' && head.method !== 'TRACE') return null
  const value = head.headers.get('max-forwards')
  if (value === null || !/^[0-9]{1,9}$/.test(value)) return null
  const left = Number(value)
  if (left > 0) {
    head.headers.set('max-forwards', String(left - 1))
    return null
  }
  return head.method === 'TRACE' ? traced(head) : new Reply(new ReplyHead(200, new HeaderList(), 11), emptyBody)
}

function traced(head: RequestHead): Reply {
  const shown = Object.assign(head, { bodyKind: 'none', bodyLength: -1, upgrade: '' })
  for (const name of ['authorization', 'proxy-authorization', 'cookie', 'content-length']) shown.headers.delete(name)
  const octets = writeRequestHead(shown)
  if (octets instanceof Http1Refusal) return new Reply(new ReplyHead(400, new HeaderList(), 11), emptyBody)
  const reply = new ReplyHead(200, new HeaderList(['content-type', 'message/http']), 11)
  reply.bodyKind = 'length'
  reply.bodyLength = octets.length
  return new Reply(reply, bytesBody(octets))
}
