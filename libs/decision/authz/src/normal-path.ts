import { PATTERN_INPUT_MAX } from '@weft/pattern'

const SLASH = 47
const DOT = 46
const PERCENT = 37
const SEMICOLON = 59
const BACKSLASH = 92
const HASH = 35

/** What a path means, for rules that must not be got around by another spelling. */
export class NormalPath {
  /** Decoded, with single slashes and without `.` and `..`. */
  path: string
  /** Two servers could read it differently: a DENY on paths holds, an ALLOW does not. */
  isAmbiguous: boolean

  constructor() {
    this.path = ''
    this.isAmbiguous = false
  }
}

/**
 * Reads the path of a request target (its query is left out) into `out`.
 *
 * Percent-encoding is decoded once, empty segments and `.` are dropped, `..` takes the segment before it. Ambiguous are:
 * an encoded slash or backslash, a backslash, controls, a `#`, encoding that is broken, not UTF-8 or encodes another
 * encoding, `..` above the root or hidden by parameters (`..;x`), a target that is no path, and one of excessive length.
 * A plain path is taken as it is, and nothing is allocated.
 * Source: RFC 3986 sections 5.2.4 and 6.2.2.
 */
export function normalizePath(target: string, out: NormalPath): void {
  const query = target.indexOf('?')
  const path = query < 0 ? target : target.slice(0, query)
  out.path = path
  out.isAmbiguous = false
  if (isPlain(path)) return
  if (path === '*') return
  const decoded = path.length > PATTERN_INPUT_MAX || path.charCodeAt(0) !== SLASH ? null : decode(path)
  const resolved = decoded === null ? null : resolveSegments(decoded)
  out.path = resolved ?? path
  out.isAmbiguous = resolved === null
}

/** The path without `;parameters`: some servers look at it so. */
export function withoutParameters(path: string): string {
  return path.includes(';') ? path.replace(/;[^/]*/g, '') : path
}

/** Begins with a slash; then no octet that another spelling could hide behind. */
function isPlain(path: string): boolean {
  if (path.charCodeAt(0) !== SLASH || path.length > PATTERN_INPUT_MAX) return false
  let previous = 0
  for (let i = 0; i < path.length; i++) {
    const unit = path.charCodeAt(i)
    if (unit <= 32 || unit >= 127 || unit === PERCENT || unit === SEMICOLON || unit === BACKSLASH || unit === HASH)
      return false
    if (previous === SLASH && (unit === SLASH || unit === DOT)) return false
    previous = unit
  }
  return true
}

/** Null when the encoding is broken or what comes out could be read differently. */
function decode(path: string): string | null {
  if (/[\\#]|%(?![0-9A-Fa-f]{2})|%(?:2f|5c|25[0-9A-Fa-f]{2})/i.test(path)) return null
  let decoded = path
  try {
    decoded = decodeURIComponent(path)
  } catch {
    return null
  }
  // eslint-disable-next-line no-control-regex -- controls are what is looked for
  return /[\x00-\x1f\x7f]/.test(decoded) ? null : decoded
}

function resolveSegments(path: string): string | null {
  const segments: string[] = []
  const parts = path.split('/')
  for (const part of parts) {
    const bare = withoutParameters(part)
    if (part !== bare && (bare === '' || bare === '.' || bare === '..')) return null
    if (part === '' || part === '.') continue
    if (part !== '..') segments.push(part)
    else if (segments.pop() === undefined) return null
  }
  const last = parts.at(-1)!
  const isFolder = last === '' || last === '.' || last === '..'
  return segments.length === 0 ? '/' : `/${segments.join('/')}${isFolder ? '/' : ''}`
}
