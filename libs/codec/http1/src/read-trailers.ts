import { HeaderList, SPAN_NUMBERS } from '@weft/message'
import { Http1Refusal, quote } from './faults.ts'
import type { HeadScanner } from './head-scanner.ts'
import { field, fieldOf, knownName } from './known-names.ts'

/**
 * The trailers that `scanner` found, or null when there were none. Refuses fields that mean something only before the
 * content: framing, routing, credentials. Source: RFC 9110 section 6.5.1.
 */
export function readTrailers(scanner: HeadScanner): HeaderList | Http1Refusal | null {
  if (scanner.fieldCount === 0) return null
  const text = scanner.text()
  const trailers = new HeaderList()
  const spans = scanner.spans
  for (let at = 0; at < scanner.fieldCount * SPAN_NUMBERS; at += SPAN_NUMBERS) {
    const name = text.substring(spans[at]!, spans[at + 1]!)
    if (fieldOf(name) !== field.plain || knownName(name)?.isHeadOnly === true) {
      return new Http1Refusal(
        'bad_trailer',
        `Found ${quote(name)} in trailers: expected no field that belongs in the head`,
      )
    }
    trailers.append(name, text.substring(spans[at + 2]!, spans[at + 3]!))
  }
  return trailers
}
