import { isAll, NAME } from './octets.ts'

/**
 * Whether `text` is `host` or `host:port`: a registered name, an IPv4 address or an IPv6 address in brackets; never
 * empty, never with user information, nor percent-encoded, which would give one host several spellings. Source: RFC 3986 section 3.2, RFC 9110 sections 4.2.4 and 7.2.
 */
export function isAuthority(text: string): boolean {
  const colon = portColon(text)
  const host = colon < 0 ? text : text.substring(0, colon)
  return (colon < 0 || isPort(text.substring(colon + 1), true)) && isHost(host)
}

/** As {@link isAuthority}, with a port that is not empty: the target of CONNECT. */
export function isAuthorityWithPort(text: string): boolean {
  const colon = portColon(text)
  return colon > 0 && isPort(text.substring(colon + 1), false) && isHost(text.substring(0, colon))
}

/** Whether two authorities of one scheme name the same place: case, and the scheme's own port, do not count. */
export function isSameAuthority(a: string, b: string, scheme: string): boolean {
  return a === b || withoutDefaultPort(a, scheme) === withoutDefaultPort(b, scheme)
}

/** Whether the Host field `host` of a CONNECT names its target `host:port`: some clients leave the port out. */
export function isNamedBy(host: string, target: string): boolean {
  if (host === target) return true
  const named = host.toLowerCase()
  const lower = target.toLowerCase()
  return named === lower || named === lower.substring(0, portColon(lower))
}

function withoutDefaultPort(text: string, scheme: string): string {
  const colon = portColon(text)
  const lower = text.toLowerCase()
  if (colon < 0) return lower
  const port = lower.substring(colon + 1)
  return port === '' || port === (scheme === 'https' ? '443' : '80') ? lower.substring(0, colon) : lower
}

function portColon(text: string): number {
  const colon = text.lastIndexOf(':')
  return colon > text.lastIndexOf(']') ? colon : -1
}

function isPort(text: string, emptyAllowed: boolean): boolean {
  if (text === '') return emptyAllowed
  if (text.length > 5) return false
  let port = 0
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48
    if (digit < 0 || digit > 9) return false
    port = port * 10 + digit
  }
  return port <= 65535
}

function isHost(host: string): boolean {
  if (host.charCodeAt(0) !== 0x5b) return isAll(host, NAME)
  return host.endsWith(']') && isAddress6(host.substring(1, host.length - 1))
}

/** Groups of one to four hexadecimal digits, at most one `::`, perhaps an IPv4 address last. */
function isAddress6(text: string): boolean {
  const halves = text.split('::', 3)
  if (halves.length > 2) return false
  let groups = 0
  for (let half = 0; half < halves.length; half++) {
    if (halves[half] === '' && halves.length === 2) continue
    const parts = halves[half]!.split(':', 9)
    for (let n = 0; n < parts.length; n++) {
      const part = parts[n]!
      const isLast = half === halves.length - 1 && n === parts.length - 1
      if (isLast && part.includes('.')) {
        if (!isAddress4(part)) return false
        groups += 2
      } else {
        if (!isHexGroup(part)) return false
        groups += 1
      }
    }
  }
  return halves.length === 2 ? groups < 8 : groups === 8
}

function isHexGroup(text: string): boolean {
  if (text.length === 0 || text.length > 4) return false
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    const letter = code | 0x20
    if (!(code >= 48 && code <= 57) && !(letter >= 97 && letter <= 102)) return false
  }
  return true
}

function isAddress4(text: string): boolean {
  const parts = text.split('.', 5)
  if (parts.length !== 4) return false
  for (const part of parts) {
    if (part.length === 0 || part.length > 3 || (part.length > 1 && part.charCodeAt(0) === 48)) return false
    for (let i = 0; i < part.length; i++) if (part.charCodeAt(i) < 48 || part.charCodeAt(i) > 57) return false
    if (Number(part) > 255) return false
  }
  return true
}
