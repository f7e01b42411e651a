import { DnsRefusal, HEADER_BYTES } from './message.ts'

/** Octets of a name on the wire, with the lengths of its labels. */
export const NAME_BYTES_MAX = 255
export const LABEL_BYTES_MAX = 63

/** A name as text, and where reading goes on after it. */
export class NameReading {
  text: string
  end: number

  constructor() {
    this.text = ''
    this.end = 0
  }
}

/**
 * Reads the name at `start` into `out`; `out.end` is the octet after it. Returns null, or why it is refused.
 *
 * A compression pointer must point to an octet before the name it is part of, and each further one before that: so no
 * name can be a loop, and none is longer than {@link NAME_BYTES_MAX}. Source: RFC 1035 sections 3.1 and 4.1.4.
 */
export function readName(bytes: Uint8Array, start: number, out: NameReading): DnsRefusal | null {
  let text = ''
  let size = 1
  let at = start
  let lowest = start
  out.end = -1
  for (;;) {
    const length = bytes[at]
    if (length === undefined) return new DnsRefusal(`Found the end within a name at octet ${at}: expected a label`)
    if (length === 0) break
    if (length >= 0xc0) {
      if (at + 1 >= bytes.length) return new DnsRefusal(`Found half a pointer at octet ${at}: expected two octets`)
      const target = ((length & 0x3f) << 8) | bytes[at + 1]!
      if (target >= lowest || target < HEADER_BYTES) {
        return new DnsRefusal(
          `Found a pointer from octet ${at} to octet ${target}: expected one to a name before octet ${lowest}`,
        )
      }
      if (out.end < 0) out.end = at + 2
      at = lowest = target
      continue
    }
    if (length > LABEL_BYTES_MAX)
      return new DnsRefusal(`Found label type ${length >> 6} at octet ${at}: expected 0 or 3`)
    size += length + 1
    if (size > NAME_BYTES_MAX)
      return new DnsRefusal(`Found a name over ${NAME_BYTES_MAX} octets: expected at most that`)
    if (at + length >= bytes.length)
      return new DnsRefusal(`Found the end within a label at octet ${at}: expected ${length} octets`)
    if (text !== '') text += '.'
    for (let i = 1; i <= length; i++) text += labelText(bytes[at + i]!)
    at += length + 1
  }
  if (out.end < 0) out.end = at + 1
  out.text = text
  return null
}

/**
 * The labels of a name as octets, outermost last; null when it is none (a label that is empty or over 63 octets, a name over
 * 255). The text may end with a dot.
 */
export function nameLabels(text: string): Uint8Array[] | null {
  const labels: Uint8Array[] = []
  let label: number[] = []
  let size = 1
  const end = text.endsWith('.') && !text.endsWith('\\.') ? text.length - 1 : text.length
  if (end === 0) return text.length <= 1 ? labels : null
  for (let i = 0; i <= end; i++) {
    if (i === end || text[i] === '.') {
      size += label.length + 1
      if (label.length === 0 || label.length > LABEL_BYTES_MAX || size > NAME_BYTES_MAX) return null
      labels.push(Uint8Array.from(label))
      label = []
      continue
    }
    let octet = text.charCodeAt(i)
    if (text[i] === '\\') {
      octet = Number(text.substring(i + 1, i + 4))
      if (i + 4 > end || !Number.isInteger(octet) || octet > 255) return null
      i += 3
    }
    if (octet > 255) return null
    label.push(octet)
  }
  return labels
}

/** Letters as they are; what would be mistaken in a name as text, as `\DDD`. */
function labelText(octet: number): string {
  if (octet > 0x20 && octet < 0x7f && octet !== 0x2e && octet !== 0x5c) return String.fromCharCode(octet)
  return `\\${octet.toString().padStart(3, '0')}`
}
