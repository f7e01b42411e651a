/** 1 for the octets of a name: token characters without upper case. Source: RFC 9110 section 5.6.2, RFC 9113 section 8.2. */
const nameOctets = new Uint8Array(256)
for (const c of "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz") nameOctets[c.charCodeAt(0)] = 1

/** 1 for the octets of a value: visible, obs-text, space and tab. Source: RFC 9110 section 5.5. */
const valueOctets = new Uint8Array(256).fill(1, 0x20)
valueOctets[0x09] = 1
valueOctets[0x7f] = 0

const COLON = 0x3a
const SPACE = 0x20
const TAB = 0x09

/** Whether `bytes[start, end)` is the name of a field or pseudo field. */
export function isNameOctets(bytes: Uint8Array, start: number, end: number): boolean {
  let i = bytes[start] === COLON ? start + 1 : start
  if (i >= end) return false
  for (; i < end; i++) if (nameOctets[bytes[i]!] === 0) return false
  return true
}

/** Whether `bytes[start, end)` is the value of a field: no controls, no white space at either end. May be empty. */
export function isValueOctets(bytes: Uint8Array, start: number, end: number): boolean {
  if (start === end) return true
  const first = bytes[start]!
  const last = bytes[end - 1]!
  if (first === SPACE || first === TAB || last === SPACE || last === TAB) return false
  for (let i = start; i < end; i++) if (valueOctets[bytes[i]!] === 0) return false
  return true
}

/** {@link isNameOctets} for a string. */
export function isFieldName(name: string): boolean {
  let i = name.charCodeAt(0) === COLON ? 1 : 0
  if (i >= name.length) return false
  for (; i < name.length; i++) if (nameOctets[name.charCodeAt(i)] !== 1) return false
  return true
}

/** The value with what may not stand in one replaced by `?`, so that nothing is cut to an octet that means something else. */
export function toSendable(value: string): string {
  return value.replace(/[^\t\x20-\x7e\x80-\xff]/g, '?')
}

/**
 * The same text with memory of its own. A piece cut from a larger text keeps all of that alive, which matters for what
 * is kept as long as a connection.
 */
export function copyText(text: string): string {
  // V8 copies pieces of up to 12 characters by itself.
  return text.length < 13 ? text : Buffer.from(text, 'latin1').toString('latin1')
}
