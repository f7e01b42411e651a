/** Pieces that decide where messages end. */
const tricky = [
  '\r',
  '\n',
  '\r\n',
  '\0',
  ' ',
  '\t',
  ':',
  ',',
  ';',
  '\x80',
  'chunked',
  'Content-Length: 1\r\n',
  '0\r\n\r\n',
  '\r\n\r\n',
]

/** Changes a few places of real messages: an octet turned, a piece doubled, taken out, or put in. */
export function mutate(text: string, random: () => number): string {
  let out = text
  for (let n = 1 + Math.floor(random() * 3); n > 0; n--) {
    const at = Math.floor(random() * out.length)
    const length = Math.floor(random() * 12)
    const kind = Math.floor(random() * 4)
    if (kind === 0) out = out.slice(0, at) + String.fromCharCode(Math.floor(random() * 256)) + out.slice(at + 1)
    else if (kind === 1) out = out.slice(0, at) + out.slice(at, at + length) + out.slice(at)
    else if (kind === 2) out = out.slice(0, at) + out.slice(at + length)
    else out = out.slice(0, at) + tricky[Math.floor(random() * tricky.length)]! + out.slice(at)
  }
  return out
}
