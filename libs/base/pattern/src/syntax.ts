/** A parsed pattern. Ranges are pairs of code units, sorted, inclusive. */
export type Node =
  | { readonly type: 'empty' }
  | { readonly type: 'class'; readonly ranges: readonly (readonly [low: number, high: number])[] }
  | { readonly type: 'start' }
  | { readonly type: 'end' }
  | { readonly type: 'sequence'; readonly parts: readonly Node[] }
  | { readonly type: 'either'; readonly options: readonly Node[] }
  /** `max` -1: no end. */
  | { readonly type: 'repeat'; readonly part: Node; readonly min: number; readonly max: number }

export type Ranges = readonly (readonly [low: number, high: number])[]

export const DIGIT: Ranges = [[48, 57]]
export const WORD: Ranges = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
]
/** RE2's `\s`: tab, newline, form feed, carriage return, space. */
export const SPACE: Ranges = [
  [9, 10],
  [12, 13],
  [32, 32],
]
/** `.`: anything but newline. */
export const ANY: Ranges = [
  [0, 9],
  [11, 0xffff],
]

/** What the ranges leave out. */
export function complement(ranges: Ranges): Ranges {
  const out: [number, number][] = []
  let from = 0
  for (const [low, high] of ranges.toSorted((a, b) => a[0] - b[0])) {
    if (low > from) out.push([from, low - 1])
    from = Math.max(from, high + 1)
  }
  if (from <= 0xffff) out.push([from, 0xffff])
  return out
}

/** The ranges with every ASCII letter in both cases. */
export function foldCase(ranges: Ranges): Ranges {
  const out: (readonly [number, number])[] = [...ranges]
  for (const [low, high] of ranges) {
    pushOverlap(out, low, high, 65, 90, 32)
    pushOverlap(out, low, high, 97, 122, -32)
  }
  return out
}

function pushOverlap(
  out: (readonly [number, number])[],
  low: number,
  high: number,
  first: number,
  last: number,
  shift: number,
): void {
  const from = Math.max(low, first)
  const to = Math.min(high, last)
  if (from <= to) out.push([from + shift, to + shift])
}
