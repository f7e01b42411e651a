/** Marks up words, or leaves them alone when the reader is not a terminal or asked for no colour. */
export interface Style {
  bold(text: string): string
  dim(text: string): string
  good(text: string): string
  bad(text: string): string
  warn(text: string): string
}

const RESET = '\x1b[0m'
const marked = (code: string) => (text: string) => `\x1b[${code}m${text}${RESET}`

export const colourStyle: Style = {
  bold: marked('1'),
  dim: marked('2'),
  good: marked('32'),
  bad: marked('31'),
  warn: marked('33'),
}

const plain = (text: string): string => text

export const plainStyle: Style = { bold: plain, dim: plain, good: plain, bad: plain, warn: plain }

// eslint-disable-next-line no-control-regex -- the escape character is the point
const ESCAPES = /(\x1b\[[0-9;?]*[A-Za-z])/g

/** Columns that a line takes on a terminal: escapes take none. Wide characters are not used by Weft. */
export function widthOf(text: string): number {
  return text.replace(ESCAPES, '').length
}

/** The first `columns` columns of a line; escapes are kept whole, so colour always ends. */
export function clip(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text
  let out = ''
  let width = 0
  for (const piece of text.split(ESCAPES)) {
    if (piece.startsWith('\x1b')) out += piece
    else {
      out += piece.slice(0, Math.max(0, columns - width))
      width += piece.length
    }
  }
  return out
}

/** Text from programs and peers with control characters shown, so that it cannot steer the reader's terminal. */
export function printable(text: string): string {
  // eslint-disable-next-line no-control-regex -- exactly these are to be made visible
  return text.replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`)
}
