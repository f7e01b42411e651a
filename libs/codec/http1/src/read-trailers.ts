import { HeaderList } from '@weft/message'
import { Http1Refusal, quote } from './faults.ts'
import { FIELD_NUMBERS, type HeadScanner } from './head-scanner.ts'
import { field, findKnown } from './known-names.ts'

/**
 * The trailers that `scanner` found, or null when there were none. Refuses fields that mean something only before the
 * content: framing, routing, credentials. Source: RFC 9110 section 6.5.1.
 */
export function readTrailers(scanner: HeadScanner): HeaderList | Http1Refusal | null {
  if (scanner.fieldCount === 0) return null
  const text = scanner.text()
  const trailers = new HeaderList()
  for (let n = 0, at = 0; n < scanner.fieldCount; n++, at += FIELD_NUMBERS) {
    const start = scanner.fields[at]!
    const end = scanner.fields[at + 1]!
    const name = text.substring(start, end)
    const known = findKnown(scanner.bytes, scanner.base + start, scanner.base + end, scanner.fields[at + 4]!)
    if (known !== null && (known.isHeadOnly || known.field !== field.plain)) {
      return new Http1Refusal(
        'bad_trailer',
        `Found ${quote(name)} in trailers: expected no field that belongs in the head`,
      )
    }
    trailers.flat.push(name, text.substring(scanner.fields[at + 2]!, scanner.fields[at + 3]!))
  }
  return trailers
}
