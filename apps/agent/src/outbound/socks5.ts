/**
 * SOCKS5 as far as the explicit proxy serves it: user and password, CONNECT. Pure reading and writing of messages.
 * Source: RFC 1928, RFC 1929.
 */
export const SOCKS_VERSION = 5

export const socksReplies = {
  useUserPassword: Uint8Array.of(5, 2),
  noMethod: Uint8Array.of(5, 0xff),
  authenticated: Uint8Array.of(1, 0),
  notAuthenticated: Uint8Array.of(1, 1),
  connected: Uint8Array.of(5, 0, 0, 1, 0, 0, 0, 0, 0, 0),
  commandRefused: Uint8Array.of(5, 7, 0, 1, 0, 0, 0, 0, 0, 0),
  addressRefused: Uint8Array.of(5, 8, 0, 1, 0, 0, 0, 0, 0, 0),
}

/** `more`: not all there yet. `bad`: not such a message. */
export type SocksRead<T> = { readonly value: T; readonly octets: number } | 'more' | 'bad'

/** The greeting; the value is whether the client offers user and password. */
export function readGreeting(bytes: Buffer): SocksRead<boolean> {
  if (bytes.length < 2) return 'more'
  const octets = 2 + bytes[1]!
  if (bytes[0] !== SOCKS_VERSION) return 'bad'
  if (bytes.length < octets) return 'more'
  return { value: bytes.subarray(2, octets).includes(2), octets }
}

export function readUserPassword(bytes: Buffer): SocksRead<{ user: string; password: string }> {
  if (bytes.length < 2) return 'more'
  if (bytes[0] !== 1) return 'bad'
  const userEnd = 2 + bytes[1]!
  if (bytes.length < userEnd + 1) return 'more'
  const passwordEnd = userEnd + 1 + bytes[userEnd]!
  if (bytes.length < passwordEnd) return 'more'
  const user = bytes.toString('utf8', 2, userEnd)
  return { value: { user, password: bytes.toString('utf8', userEnd + 1, passwordEnd) }, octets: passwordEnd }
}

/** The request. `command` 1 is CONNECT; `host` is a name, or an address in text. */
export function readRequest(bytes: Buffer): SocksRead<{ command: number; host: string; port: number }> {
  if (bytes.length < 5) return 'more'
  if (bytes[0] !== SOCKS_VERSION) return 'bad'
  const type = bytes[3]!
  const hostStart = type === 3 ? 5 : 4
  const hostLength = type === 1 ? 4 : type === 4 ? 16 : type === 3 ? bytes[4]! : -1
  if (hostLength < 0) return 'bad'
  const octets = hostStart + hostLength + 2
  if (bytes.length < octets) return 'more'
  const raw = bytes.subarray(hostStart, hostStart + hostLength)
  const host = type === 3 ? raw.toString('latin1') : type === 1 ? raw.join('.') : formatIpv6(raw)
  return { value: { command: bytes[1]!, host, port: bytes.readUInt16BE(octets - 2) }, octets }
}

/** RFC 5952: the longest run of zero groups is left out. */
function formatIpv6(raw: Buffer): string {
  const groups = Array.from({ length: 8 }, (_, i) => raw.readUInt16BE(i * 2).toString(16))
  let best = ''
  for (const run of `:${groups.join(':')}:`.matchAll(/(?::0)+:/g)) if (run[0].length > best.length) best = run[0]
  if (best.length <= 3) return groups.join(':')
  return `:${groups.join(':')}:`
    .replace(best, '::')
    .replace(/^:(?!:)/, '')
    .replace(/([^:]):$/, '$1')
}
