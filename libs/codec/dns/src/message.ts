/** Types of record that the codec knows by name; any other number passes as octets. */
export const recordType = Object.freeze({
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  AAAA: 28,
  OPT: 41,
  ANY: 255,
})

export const CLASS_IN = 1

/** RFC 1035 4.1.1, RFC 6891 for BADVERS. */
export const replyCode = Object.freeze({
  noError: 0,
  formErr: 1,
  servFail: 2,
  nxDomain: 3,
  notImp: 4,
  refused: 5,
  badVers: 16,
})

export interface DnsQuestion {
  /** Without the last dot, '' for the root; in the case it came in. Odd octets are escaped as in master files. */
  readonly name: string
  readonly type: number
  readonly class: number
}

/** What a record says. `data` holds octets as they were, for types that the codec does not know. */
export type RecordData =
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'soa'; readonly soa: StartOfAuthority }
  | { readonly kind: 'data'; readonly data: Uint8Array }

export interface StartOfAuthority {
  readonly primary: string
  readonly mailbox: string
  readonly serial: number
  readonly refreshSeconds: number
  readonly retrySeconds: number
  readonly expireSeconds: number
  /** How long a negative answer may be kept (RFC 2308). */
  readonly minimumSeconds: number
}

export interface DnsRecord {
  readonly name: string
  readonly type: number
  readonly class: number
  readonly ttlSeconds: number
  readonly data: RecordData
}

/** EDNS(0): the OPT record, which stands in no section here. */
export interface Edns {
  readonly udpBytesMax: number
  readonly version: number
  readonly dnssecOk: boolean
  /** The options as octets. */
  readonly options: Uint8Array
}

export interface DnsMessage {
  readonly id: number
  readonly isReply: boolean
  readonly opcode: number
  readonly isAuthoritative: boolean
  readonly isTruncated: boolean
  readonly recursionDesired: boolean
  readonly recursionAvailable: boolean
  readonly authenticData: boolean
  readonly checkingDisabled: boolean
  /** With the upper bits that EDNS adds. */
  readonly code: number
  readonly questions: readonly DnsQuestion[]
  readonly answers: readonly DnsRecord[]
  readonly authorities: readonly DnsRecord[]
  readonly additionals: readonly DnsRecord[]
  readonly edns: Edns | null
}

export const HEADER_BYTES = 12
/** What UDP may carry without EDNS. */
export const UDP_BYTES_DEFAULT = 512
export const MESSAGE_BYTES_MAX = 65535

/** Octets that are no DNS message: what was found and what was expected. */
export class DnsRefusal {
  readonly message: string

  constructor(message: string) {
    this.message = message
  }
}
