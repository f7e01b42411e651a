import { copyText, isFieldName } from './field-syntax.ts'
import { staticNames, staticValues } from './static-table.ts'

/**
 * `always`: worth a place in the dynamic table. `repeated`: changes from message to message mostly, so only when the same
 * value comes twice running. `never`: a secret, which must not share a compression context with what others choose.
 */
export type Indexing = 'always' | 'repeated' | 'never'

/** What is known of a field's name, found once however often it is sent. */
export class FieldName {
  readonly lower: string
  /** Small and dense, to index arrays; -1 for a name that came after the cache was full. */
  readonly id: number
  /** The first entry of the static table with that name, or 0. */
  readonly staticIndex: number
  /** The last one. */
  readonly staticLast: number
  readonly indexing: Indexing
  /**
   * May stand among the fields of an HTTP/2 message: a token, no pseudo field, nothing that belongs to one connection
   * (RFC 9113 section 8.2.2), and not Host, which `:authority` says.
   */
  readonly isRegular: boolean

  constructor(lower: string, id: number) {
    this.lower = lower
    this.id = id
    this.staticIndex = Math.max(0, staticNames.indexOf(lower))
    this.staticLast = Math.max(0, staticNames.lastIndexOf(lower))
    this.indexing = secret.has(lower) ? 'never' : changing.has(lower) ? 'repeated' : 'always'
    this.isRegular = isFieldName(lower) && lower.charCodeAt(0) !== COLON && !notRegular.has(lower)
  }

  /** The entry of the static table with this name and `value`, or 0. */
  staticIndexOf(value: string): number {
    if (this.staticIndex === 0) return 0
    for (let i = this.staticIndex; i <= this.staticLast; i++) if (staticValues[i] === value) return i
    return 0
  }
}

const COLON = 0x3a
const secret = new Set(['authorization', 'proxy-authorization'])

// prettier-ignore
const changing = new Set([
  ':path', 'age', 'baggage', 'content-disposition', 'content-length', 'content-location', 'content-range', 'etag', 'expires',
  'forwarded', 'grpc-message', 'grpc-timeout', 'if-match', 'if-modified-since', 'if-none-match', 'if-range', 'last-modified',
  'location', 'range', 'referer', 'set-cookie', 'traceparent', 'tracestate', 'x-b3-spanid', 'x-b3-traceid', 'x-request-id',
  'x-forwarded-for',
])

// prettier-ignore
const notRegular = new Set([
  'connection', 'host', 'http2-settings', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'upgrade',
])

/**
 * Names are kept for good, so there is a bound on how many; one that comes later is looked at anew each time and its
 * fields are not indexed. Names that clients make up can do no more than that.
 */
export const FIELD_NAMES_MAX = 1024
const known = new Map<string, FieldName>()
let nextId = 0
for (const name of [...staticNames.slice(1), ...changing, ...notRegular, 'te', 'grpc-status']) fieldName(name)

/** The entry for a name in any letter case. */
export function fieldName(name: string): FieldName {
  const found = known.get(name)
  if (found !== undefined) return found
  const lower = name.toLowerCase()
  let canonical = known.get(lower)
  if (canonical === undefined) {
    if (known.size >= FIELD_NAMES_MAX) return new FieldName(lower, -1)
    canonical = new FieldName(copyText(lower), nextId++)
    known.set(canonical.lower, canonical)
  }
  if (name !== lower && known.size < FIELD_NAMES_MAX) known.set(copyText(name), canonical)
  return canonical
}
