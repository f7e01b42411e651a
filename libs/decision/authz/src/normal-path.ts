import { PATTERN_INPUT_MAX } from '@weft/pattern'

const SLASH = 47
const DOT = 46
const PERCENT = 37
const SEMICOLON = 59
const BACKSLASH = 92
const HASH = 35
const QUESTION = 63

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
 * encoding, octets beyond ASCII that are not encoded, characters that stand for a slash or dot in another form (`／`), `..`
 * above the root or hidden by parameters, blanks or further dots (`..;x`, `..%20`, `...`), an encoded `?` or `#` beside or before
 * `..`, a target that is no path, and one of excessive length.
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
  const resolved = decoded === null ? null : resolve(decoded)
  out.path = resolved ?? path
  out.isAmbiguous = resolved === null
}

/**
 * The path as servers read it that are the least exact: without `;parameters`, blanks around segments and dots after them,
 * ending at a `?` or `#` that was encoded, compatible characters as one, and in lower case whatever alphabet.
 */
export function lenientPath(path: string): string {
  if (isExact(path)) return path
  const end = path.search(/[?#]/)
  const folded = foldCompatible(end < 0 ? path : path.slice(0, end))
    .toUpperCase()
    .toLowerCase()
  const segments = folded.split('/').map(lenientSegment)
  return segments.join('/').replace(/\/{2,}/g, '/') || '/'
}

function lenientSegment(segment: string): string {
  const at = segment.indexOf(';')
  return (at < 0 ? segment : segment.slice(0, at)).trim().replace(/[.\s]+$/, '')
}

/** Characters that Unicode holds to be compatible (full width, ligatures, letter-like symbols) in their plain form. */
function foldCompatible(text: string): string {
  return text.normalize('NFKC')
}

/** Lower case already, and nothing that {@link lenientPath} would change. */
function isExact(path: string): boolean {
  for (let i = 0; i < path.length; i++) {
    const unit = path.charCodeAt(i)
    if (unit <= 32 || unit >= 127 || unit === SEMICOLON || unit === QUESTION || unit === HASH) return false
    if (unit === DOT && (i + 1 === path.length || path.charCodeAt(i + 1) === SLASH)) return false
  }
  return true
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
  // eslint-disable-next-line no-control-regex -- octets beyond ASCII: one server reads Latin-1, another UTF-8
  if (/[^\x00-\x7f]/.test(path)) return null
  if (/[\\#]|%(?![0-9A-Fa-f]{2})|%(?:2f|5c|25[0-9A-Fa-f]{2})/i.test(path)) return null
  let decoded = path
  try {
    decoded = decodeURIComponent(path)
  } catch {
    return null
  }
  // eslint-disable-next-line no-control-regex -- controls are what is looked for
  if (/[\x00-\x1f\x7f]/.test(decoded)) return null
  return signsIn(foldCompatible(decoded)) === signsIn(decoded) ? decoded : null
}

/** How many characters there are by which servers take paths apart. */
function signsIn(text: string): number {
  let signs = 0
  for (const character of text) if ('/\\.%;?#'.includes(character)) signs++
  return signs
}

/** Null when a server that ends the path at a `?` or `#` which was encoded would be elsewhere than at its beginning. */
function resolve(path: string): string | null {
  const whole = resolveSegments(path)
  for (const sign of '?#') {
    const end = path.indexOf(sign)
    if (end < 0 || whole === null) continue
    const beginning = resolveSegments(path.slice(0, end))
    if (beginning === null || !whole.startsWith(beginning + sign)) return null
  }
  return whole
}

function resolveSegments(path: string): string | null {
  const segments: string[] = []
  const parts = path.split('/')
  for (const part of parts) {
    if (part === '' || part === '.') continue
    if (part === '..') {
      if (segments.pop() === undefined) return null
    } else if (lenientSegment(part) === '') return null
    else segments.push(part)
  }
  const last = parts.at(-1)!
  const isFolder = last === '' || last === '.' || last === '..'
  return segments.length === 0 ? '/' : `/${segments.join('/')}${isFolder ? '/' : ''}`
}
