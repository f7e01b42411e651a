import type { Http1FaultCode } from '../faults.ts'

/**
 * What we refuse and llhttp, in strict mode, accepts: by our code, with the reason. The other way round there are two
 * disagreements: llhttp knows a list of methods, while any token is a method to us (RFC 9110 section 9.1), and it does not
 * take a tab beside a transfer coding for white space (section 5.6.3); we do, and write it anew without.
 * The same table is in docs/http1.md; a test holds the two together.
 */
export const stricterThanLlhttp: Readonly<Partial<Record<Http1FaultCode, string>>> = Object.freeze({
  bad_start_line:
    'several spaces between the words, several empty lines first, HTTP/0.9: other parsers divide these otherwise',
  bad_line_end: 'a bare LF before the request line, or after a chunk',
  bad_version: 'HTTP/0.9, HTTP/2.0 and the versions of RTSP and ICE are not HTTP/1',
  bad_target: 'a fragment, "*" without OPTIONS, another scheme, user information, CONNECT without a port',
  bad_host:
    'none, several, an empty or ill-formed one, or another one than the target names: llhttp does not look at Host',
  bad_method: 'a reply where a request is expected',
  bad_field_name: 'Content_Length and Transfer_Encoding, which some programs take for framing',
  bad_content_length: 'over 15 digits; two alike in a row',
  bad_transfer_encoding: 'an empty coding, or one that is not chunked',
  unknown_transfer_coding: 'codings before chunked: nobody here would undo them',
  conflicting_framing: 'Transfer-Encoding in HTTP/1.0; content of CONNECT, or of a 1xx',
  bad_connection: 'options that are no tokens, too many, or the names of fields that are not for one connection',
  bad_upgrade: 'a protocol that is no token, or a 101 to what was not offered',
  bad_expect: 'expectations that nobody defined',
  bad_chunk: 'extensions without a name, sizes over 2^53 or 16 digits',
  bad_trailer: 'trailers that belong in the head: framing, routing, credentials',
  chunk_extension_too_long: 'a limit of ours',
  start_line_too_long: 'a limit of ours',
  field_line_too_long: 'a limit of ours',
  head_too_large: 'a limit of ours',
  too_many_fields: 'a limit of ours',
  trailers_too_large: 'a limit of ours',
  bad_status: 'statuses below 100, or not followed by one space',
  truncated: 'an end of the connection within a message that llhttp takes for its end',
})
