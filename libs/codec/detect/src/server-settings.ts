const HEADER_BYTES = 9
const SETTING_BYTES = 6
/** Before the client has said otherwise, no frame may be larger. */
const FRAME_BYTES_MAX = 16_384
const SETTINGS = 4

/**
 * Whether a server that speaks before its client does so in HTTP/2: servers may send their SETTINGS before they have read
 * the preface, and many do (Go, nghttp2). `more`: not told yet by so few octets.
 *
 * Source: RFC 9113 sections 3.4 and 6.5.
 */
export function detectServerSettings(bytes: Uint8Array): 'more' | 'http2' | 'other' {
  if (bytes.length >= 3) {
    const length = (bytes[0]! << 16) | (bytes[1]! << 8) | bytes[2]!
    if (length > FRAME_BYTES_MAX || length % SETTING_BYTES !== 0) return 'other'
  } else if (bytes.length > 0 && bytes[0] !== 0) {
    return 'other'
  }
  if (bytes.length > 3 && bytes[3] !== SETTINGS) return 'other'
  // No flag, since there is nothing to acknowledge yet, and stream 0.
  for (let i = 4; i < HEADER_BYTES && i < bytes.length; i++) if (bytes[i] !== 0) return 'other'
  return bytes.length < HEADER_BYTES ? 'more' : 'http2'
}
