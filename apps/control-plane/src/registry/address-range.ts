/** A range of IPv4 or IPv6 addresses, counted from its start. */
export class AddressRange {
  readonly text: string
  readonly #base: bigint
  readonly #bits: 32 | 128
  /** How many addresses there are, at most 2^31. */
  readonly size: number

  private constructor(text: string, base: bigint, bits: 32 | 128, prefix: number) {
    this.text = text
    this.#base = base
    this.#bits = bits
    this.size = Number(1n << BigInt(Math.min(bits - prefix, 31)))
  }

  /** Null unless `text` is a CIDR whose host bits are zero. */
  static parse(text: string): AddressRange | null {
    const match = /^([0-9a-fA-F.:]{2,45})\/(\d{1,3})$/.exec(text)
    if (match === null) return null
    const bits = match[1]!.includes(':') ? 128 : 32
    const base = bits === 32 ? parse4(match[1]!) : parse6(match[1]!)
    const prefix = Number(match[2])
    if (base === null || prefix > bits) return null
    const host = (1n << BigInt(bits - prefix)) - 1n
    return (base & host) === 0n ? new AddressRange(text, base, bits, prefix) : null
  }

  /** The address at `index`; 0 is the first of the range. */
  at(index: number): string {
    const value = this.#base + BigInt(index)
    return this.#bits === 32 ? format4(value) : format6(value)
  }
}

function parse4(text: string): bigint | null {
  const parts = text.split('.')
  if (parts.length !== 4) return null
  let value = 0n
  for (const part of parts) {
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return null
    value = (value << 8n) | BigInt(part)
  }
  return value
}

function parse6(text: string): bigint | null {
  const halves = text.split('::')
  if (halves.length > 2) return null
  const [head, tail] = halves.map((half) => (half === '' ? [] : half.split(':'))) as [string[], string[] | undefined]
  const missing = 8 - head.length - (tail?.length ?? 0)
  if (tail === undefined ? missing !== 0 : missing < 1) return null
  const groups = [...head, ...Array.from({ length: tail === undefined ? 0 : missing }, () => '0'), ...(tail ?? [])]
  let value = 0n
  for (const group of groups) {
    if (!/^[0-9a-fA-F]{1,4}$/.test(group)) return null
    value = (value << 16n) | BigInt(`0x${group}`)
  }
  return value
}

function format4(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join('.')
}

/** RFC 5952: lower case, no leading zeros, the longest run of zero groups (two or more, the first of equals) as `::`. */
function format6(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, i) => Number((value >> BigInt(112 - 16 * i)) & 0xffffn))
  let start = -1
  let length = 1
  for (let i = 0; i < 8; i++) {
    let run = 0
    while (i + run < 8 && groups[i + run] === 0) run++
    if (run > length) [start, length] = [i, run]
    i += run
  }
  const text = (part: number[]): string => part.map((group) => group.toString(16)).join(':')
  return start < 0 ? text(groups) : `${text(groups.slice(0, start))}::${text(groups.slice(start + length))}`
}
