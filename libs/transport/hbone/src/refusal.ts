import { type Fault, fault, type FaultCode, faults, formatReason, REASON_HEADER, type Reason } from '@weft/faults'
import { HeaderList, ReplyHead } from '@weft/message'

const REASON_LENGTH_MAX = 4096

/** Reads a `weft-reason` value; null for anything that is not a reason of ours. */
export function parseReason(text: string): Reason | null {
  if (text.length > REASON_LENGTH_MAX) return null
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  if (typeof value !== 'object' || value === null) return null
  const { code, layer, rule, version, message } = value as Record<string, unknown>
  if (typeof code !== 'string' || !Object.hasOwn(faults, code)) return null
  if (typeof layer !== 'string' || typeof rule !== 'string') return null
  if (typeof version !== 'string' || typeof message !== 'string') return null
  return Object.freeze({ code: code as FaultCode, layer, rule, version, message })
}

/** The fault that a reason tells of, as if it had been found here. */
export function faultOf(reason: Reason): Fault {
  return Object.freeze({ ok: false as const, code: reason.code, reason })
}

/** What a refused CONNECT means to the caller's side: the reason it carries, else what its status says of another mesh's agent. */
export function refusalFault(head: ReplyHead, authority: string, remote: string): Fault {
  const reason = parseReason(head.headers.get(REASON_HEADER) ?? '')
  if (reason !== null) return faultOf(reason)
  const code = head.status === 401 || head.status === 403 ? 'denied' : 'upstream_refused'
  return fault(
    code,
    'hbone',
    `Cannot open a tunnel to ${authority} by ${remote}: found status ${head.status}, expected 200`,
  )
}

/** The status of a refused CONNECT. Source: Istio's ztunnel: 401 policy, 400 a bad request, 503 anything else. */
export function refusalStatus(code: FaultCode): number {
  if (code === 'denied' || code === 'plaintext_refused') return 401
  return code === 'malformed' || code === 'protocol_mismatch' ? 400 : 503
}

export function refusalHead(status: number, reason: Reason): ReplyHead {
  return new ReplyHead(status, new HeaderList([REASON_HEADER, formatReason(reason)]), 20)
}
