import { Http1Refusal, octetName, type Http1FaultCode } from './faults.ts'
import { CR, HTAB, LF, SP } from './octets.ts'

/** What can be wrong with the lines of a head, as sentences. `at` counts from the first octet of the head. */
export function badOctet(code: Http1FaultCode, where: string, octet: number, at: number): Http1Refusal {
  if (octet === LF) return new Http1Refusal('bad_line_end', `Found a bare LF at octet ${at}: expected CR LF`)
  return new Http1Refusal(code, `Found ${octetName(octet)} in ${where} at octet ${at}: expected visible text`)
}

export function bareCr(octet: number, at: number): Http1Refusal {
  const message = `Found a CR followed by ${octetName(octet)} at octet ${at}: expected CR LF`
  return new Http1Refusal('bad_line_end', message)
}

export function emptyStartLine(): Http1Refusal {
  return new Http1Refusal('bad_start_line', 'Found an empty line: expected a start line')
}

/** `octet` follows what was taken for the name of a field, and is no colon; or nothing came before it. */
export function badName(octet: number, isFirst: boolean): Http1Refusal {
  if (octet === SP || octet === HTAB) {
    return new Http1Refusal('bad_field_name', 'Found white space after a field name: expected ":" at once')
  }
  if (octet === LF && isFirst) return new Http1Refusal('bad_line_end', 'Found a bare LF: expected CR LF')
  if (octet === LF || octet === CR) {
    return new Http1Refusal('bad_field_name', 'Found a line without ":" among the fields: expected "name: value"')
  }
  const where = isFirst ? 'at the start of' : 'in'
  const message = `Found ${octetName(octet)} ${where} a field name: expected a token and ":"`
  return new Http1Refusal('bad_field_name', message)
}

export function folded(isFirst: boolean): Http1Refusal {
  if (isFirst) {
    return new Http1Refusal('bad_field_name', 'Found white space before the first field: expected a field name')
  }
  const message = 'Found a field value continued on a second line: expected one line for each field'
  return new Http1Refusal('obsolete_fold', message)
}

export function startLineTooLong(bytesMax: number): Http1Refusal {
  return new Http1Refusal('start_line_too_long', `Found a start line over ${bytesMax} octets: expected at most that`)
}

export function fieldLineTooLong(bytesMax: number): Http1Refusal {
  return new Http1Refusal('field_line_too_long', `Found a field line over ${bytesMax} octets: expected at most that`)
}

export function tooManyFields(fieldsMax: number): Http1Refusal {
  return new Http1Refusal('too_many_fields', `Found over ${fieldsMax} fields: expected at most that many`)
}

export function tooLarge(isTrailers: boolean, bytesMax: number): Http1Refusal {
  const [code, what] = isTrailers
    ? (['trailers_too_large', 'trailers'] as const)
    : (['head_too_large', 'a head'] as const)
  return new Http1Refusal(code, `Found ${what} over ${bytesMax} octets: expected at most that`)
}
