import { equalsIgnoreCase } from '@weft/bytes'
import type { HeaderList } from '@weft/message'
import { Http1Refusal, quote } from './faults.ts'
import { field, fieldOf, knownName } from './known-names.ts'
import { isAll, type Latin1Buffer, TEXT, TOKEN } from './octets.ts'

/**
 * Writes a whole head: the start line, the fields of the message, `ours` (whole lines that we made), the empty line.
 *
 * Fields that concern one connection are left out, since `ours` says them anew. Host takes its value from `authority`, its
 * place and spelling from the headers. Lines that were read and not changed go on as they came; anything else is checked:
 * a name that is no token and a value with a control character are refused. The start line has been checked before.
 */
export function writeHead(
  startLine: string,
  headers: HeaderList,
  authority: string,
  ours: string,
): Buffer | Http1Refusal {
  const host = headers.get('host')
  const lines = host === null || host === authority ? headers.lines : null
  let text = authority !== '' && host === null ? `${startLine}Host: ${authority}\r\n` : startLine
  if (lines !== null) text += lines
  const flat = lines === null ? headers.flat : headers.appended
  for (let i = 0; i < flat.length; i += 2) {
    const value = valueToWrite(flat, i, authority)
    if (value === null) continue
    if (!mayBeWritten(flat[i]!, value)) return badField(flat[i]!, value)
    text += `${flat[i]!}: ${value}\r\n`
  }
  return octetsOf(`${text}${ours}\r\n`)
}

/** Writes trailers and the empty line that ends them; a field that belongs in the head is refused. */
export function writeTrailerFields(trailers: HeaderList | null, before: string): Buffer | Http1Refusal {
  let text = before
  const flat = trailers === null ? nothing : trailers.flat
  for (let i = 0; i < flat.length; i += 2) {
    const isHeadOnly = knownName(flat[i]!)?.isHeadOnly === true
    if (isHeadOnly || !mayBeWritten(flat[i]!, flat[i + 1]!)) return badField(flat[i]!, flat[i + 1]!)
    text += `${flat[i]!}: ${flat[i + 1]!}\r\n`
  }
  return octetsOf(`${text}\r\n`)
}

const nothing: readonly string[] = []

function octetsOf(text: string): Buffer {
  const octets = Buffer.allocUnsafe(text.length)
  ;(octets as unknown as Latin1Buffer).latin1Write(text, 0)
  return octets
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
  const value = headers.get('content-length')
  if (value === null) return null
  const isGood = isDigits(value) && (length < 0 || Number(value) === length)
  if (isGood && headers.countOf('content-length') === 1) return null
  const expected = length < 0 ? 'digits, once' : `${length}, once`
  return new Http1Refusal('bad_content_length', `Cannot write Content-Length: ${quote(value)}: expected ${expected}`)
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
    case field.keepAlive:
      return null
    default:
      return flat[i + 1]!
  }
}

function isRepeated(flat: readonly string[], i: number): boolean {
  for (let before = 0; before < i; before += 2) if (equalsIgnoreCase(flat[before]!, flat[i]!)) return true
  return false
}

function mayBeWritten(name: string, value: string): boolean {
  return isAll(name, TOKEN) && (value === '' || isAll(value, TEXT)) && fieldOf(name) !== field.disguised
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
