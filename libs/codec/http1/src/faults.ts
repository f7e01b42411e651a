/**
 * Why a message is refused, and the status that tells a client so (for a reply, the caller of the reader makes it a 502).
 * Codes are stable and never reused.
 */
export const http1Faults = Object.freeze({
  bad_start_line: 400,
  bad_method: 400,
  bad_target: 400,
  bad_version: 505,
  bad_status: 400,
  bad_line_end: 400,
  bad_field_name: 400,
  bad_field_value: 400,
  obsolete_fold: 400,
  bad_host: 400,
  bad_content_length: 400,
  bad_transfer_encoding: 400,
  unknown_transfer_coding: 501,
  conflicting_framing: 400,
  bad_connection: 400,
  bad_upgrade: 400,
  bad_expect: 417,
  bad_chunk: 400,
  bad_trailer: 400,
  start_line_too_long: 414,
  field_line_too_long: 431,
  head_too_large: 431,
  too_many_fields: 431,
  trailers_too_large: 431,
  chunk_extension_too_long: 400,
  too_many_interim_heads: 400,
  unread_overflow: 400,
  truncated: 400,
})

export type Http1FaultCode = keyof typeof http1Faults

/** A message that cannot be read or written: the code, and a sentence with what was found and what was expected. */
export class Http1Refusal {
  readonly code: Http1FaultCode
  readonly message: string

  constructor(code: Http1FaultCode, message: string) {
    this.code = code
    this.message = message
  }
}

const QUOTED_MAX = 64

/** Quotes what a peer sent for a message: ASCII only, cut to a length that is safe to log. */
export function quote(found: string): string {
  const cut = found.length > QUOTED_MAX ? `${found.slice(0, QUOTED_MAX)}…` : found
  return JSON.stringify(cut).replace(/[^\x20-\x7e…]/g, (c) => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'))
}

/** Names one octet for a message. */
export function octetName(octet: number): string {
  return octet > 0x20 && octet < 0x7f ? `"${String.fromCharCode(octet)}"` : `0x${octet.toString(16).padStart(2, '0')}`
}
