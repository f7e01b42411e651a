import { equalsIgnoreCase } from '@weft/bytes'
import type { HeaderList } from '@weft/message'
import { Http1Refusal, quote } from './faults.ts'
import { field, fieldOf, knownName } from './known-names.ts'
import { octets, TEXT, TOKEN } from './octets.ts'

/**
 * Writes a whole head: the start line, the fields of the message, `ours` (whole lines that we made), the empty line.
 *
 * Fields that concern one connection are left out, since `ours` says them anew. Host takes its value from `authority`, its
 * place and spelling from the headers. Refuses a name that is no token and a value with a control character. The start
 * line has been checked before.
 */
export function writeHead(
  startLine: string,
  headers: HeaderList,
  authority: string,
  ours: string,
): Buffer | Http1Refusal {
  const flat = headers.flat
  const host = authority !== '' && !headers.has('host') ? `Host: ${authority}\r\n` : ''
  let size = startLine.length + host.length + ours.length + 2
  for (let i = 0; i < flat.length; i += 2) {
    const value = valueToWrite(flat, i, authority)
    if (value !== null) size += flat[i]!.length + value.length + 4
  }
  const bytes = Buffer.allocUnsafe(size)
  let at = writeAscii(bytes, 0, startLine)
  at = writeAscii(bytes, at, host)
  for (let i = 0; i < flat.length; i += 2) {
    const value = valueToWrite(flat, i, authority)
    if (value === null) continue
    at = writeField(bytes, at, flat[i]!, value)
    if (at < 0) return badField(flat[i]!, value)
  }
  at = writeAscii(bytes, at, ours)
  writeAscii(bytes, at, '\r\n')
  return bytes
}

/** Writes trailers and the empty line that ends them; a field that belongs in the head is refused. */
export function writeTrailerFields(trailers: HeaderList | null, before: string): Buffer | Http1Refusal {
  const flat = trailers === null ? [] : trailers.flat
  let size = before.length + 2
  for (let i = 0; i < flat.length; i += 2) {
    const known = knownName(flat[i]!)
    if (known !== null && known.isHeadOnly) return badField(flat[i]!, flat[i + 1]!)
    size += flat[i]!.length + flat[i + 1]!.length + 4
  }
  const bytes = Buffer.allocUnsafe(size)
  let at = writeAscii(bytes, 0, before)
  for (let i = 0; i < flat.length; i += 2) {
    at = writeField(bytes, at, flat[i]!, flat[i + 1]!)
    if (at < 0) return badField(flat[i]!, flat[i + 1]!)
  }
  writeAscii(bytes, at, '\r\n')
  return bytes
}

/** The line `Connection: …`, or '' when there is nothing to say. */
export function connectionLine(first: '' | 'close' | 'keep-alive', takesTrailers: boolean, upgrades: boolean): string {
  let options: string = first
  if (takesTrailers) options += options === '' ? 'TE' : ', TE'
  if (upgrades) options += options === '' ? 'Upgrade' : ', Upgrade'
  return options === '' ? '' : `Connection: ${options}\r\n`
}

/**
 * Null when every Content-Length among the headers says `length` (any length for -1), else the refusal. More than one is
 * refused too.
 */
export function checkContentLength(headers: HeaderList, length: number): Http1Refusal | null {
  const flat = headers.flat
  let found = 0
  for (let i = 0; i < flat.length; i += 2) {
    if (flat[i]!.length !== 14 || !equalsIgnoreCase(flat[i]!, 'content-length')) continue
    const value = flat[i + 1]!
    if (++found === 1 && isDigits(value) && (length < 0 || Number(value) === length)) continue
    const expected = length < 0 ? 'digits, once' : `${length}, once`
    return new Http1Refusal('bad_content_length', `Cannot write Content-Length: ${quote(value)}: expected ${expected}`)
  }
  return null
}

/** The value to write for the field at `i`, or null when it is not to be written. */
function valueToWrite(flat: readonly string[], i: number, authority: string): string | null {
  switch (fieldOf(flat[i]!)) {
    case field.plain:
      return flat[i + 1]!
    case field.host:
      return authority === '' || isRepeated(flat, i) ? null : authority
    case field.te:
      return equalsIgnoreCase(flat[i + 1]!, 'trailers') ? flat[i + 1]! : null
    case field.transferEncoding:
    case field.connection:
    case field.upgrade:
    case field.dropped:
      return null
    default:
      return flat[i + 1]!
  }
}

function isRepeated(flat: readonly string[], i: number): boolean {
  for (let before = 0; before < i; before += 2) if (equalsIgnoreCase(flat[before]!, flat[i]!)) return true
  return false
}

/** Returns the position after the line, or -1 when the name or the value may not be written. */
function writeField(bytes: Buffer, from: number, name: string, value: string): number {
  let at = from
  if (name.length === 0) return -1
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i)
    if (code > 255 || (octets[code]! & TOKEN) === 0) return -1
    bytes[at++] = code
  }
  at = writeAscii(bytes, at, ': ')
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i)
    if (code > 255 || (octets[code]! & TEXT) === 0) return -1
    bytes[at++] = code
  }
  return writeAscii(bytes, at, '\r\n')
}

function writeAscii(bytes: Buffer, from: number, text: string): number {
  for (let i = 0; i < text.length; i++) bytes[from + i] = text.charCodeAt(i)
  return from + text.length
}

function badField(name: string, value: string): Http1Refusal {
  // The value may be a secret: it is not quoted.
  const message = `Cannot write field ${quote(name)} with a value of ${value.length} characters: expected a token, and visible text of octets`
  return new Http1Refusal('bad_field_value', message)
}

function isDigits(value: string): boolean {
  for (let i = 0; i < value.length; i++) if (value.charCodeAt(i) < 48 || value.charCodeAt(i) > 57) return false
  return value.length > 0 && value.length <= 15
}
