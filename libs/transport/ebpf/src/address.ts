import { Failure } from '@weft/faults'
import { isIPv4, isIPv6 } from 'node:net'

const MAPPED_PREFIX = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff] as const

/** Writes an address as the programs hold it: 16 octets, IPv4 in mapped form; '' and both "any" are all zero. */
export function writeAddress(address: string, out: Uint8Array, offset: number): void {
  out.fill(0, offset, offset + 16)
  if (address === '' || address === '0.0.0.0') return
  if (isIPv4(address)) {
    out.set(MAPPED_PREFIX, offset)
    out.set(address.split('.').map(Number), offset + 12)
    return
  }
  if (!isIPv6(address) || address.includes('%'))
    throw new Failure(
      'capture_address',
      `Cannot capture for address "${address}": expected a numeric IPv4 or IPv6 address`,
    )
  out.set(octetsOfV6(address), offset)
}

/** The text of 16 octets, '' when all zero. IPv6 in the form of RFC 5952. */
export function readAddress(bytes: Uint8Array, offset: number): string {
  const octets = bytes.subarray(offset, offset + 16)
  if (MAPPED_PREFIX.every((octet, index) => octets[index] === octet)) return octets.subarray(12).join('.')
  if (octets.every((octet) => octet === 0)) return ''
  const groups: string[] = []
  for (let index = 0; index < 16; index += 2)
    groups.push((((octets[index] ?? 0) << 8) | (octets[index + 1] ?? 0)).toString(16))
  return new URL(`http://[${groups.join(':')}]/`).hostname.slice(1, -1)
}

/** URL does the zero compression and the embedded IPv4 of RFC 4291 for us, both ways. */
function octetsOfV6(address: string): number[] {
  const short = new URL(`http://[${address}]/`).hostname.slice(1, -1)
  const [head = '', tail] = short.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right].map((group) => parseInt(group, 16))
  return groups.flatMap((group) => [group >> 8, group & 0xff])
}
