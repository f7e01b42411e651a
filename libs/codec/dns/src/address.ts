/** The text of an IPv4 address of four octets. */
export function address4Text(bytes: Uint8Array): string {
  return `${bytes[0]}.${bytes[1]}.${bytes[2]}.${bytes[3]}`
}

/** The canonical text of an IPv6 address of sixteen octets. Source: RFC 5952. */
export function address6Text(bytes: Uint8Array): string {
  const groups: number[] = []
  for (let i = 0; i < 16; i += 2) groups.push((bytes[i]! << 8) | bytes[i + 1]!)
  let bestStart = -1
  let bestLength = 1
  for (let start = 0; start < 8; start++) {
    let length = 0
    while (start + length < 8 && groups[start + length] === 0) length++
    if (length > bestLength) {
      bestStart = start
      bestLength = length
    }
  }
  const hex = (from: number, to: number): string =>
    groups
      .slice(from, to)
      .map((group) => group.toString(16))
      .join(':')
  return bestStart < 0 ? hex(0, 8) : `${hex(0, bestStart)}::${hex(bestStart + bestLength, 8)}`
}

/** The four octets of an IPv4 address, or null. */
export function address4Bytes(text: string): Uint8Array | null {
  const parts = text.split('.', 5)
  if (parts.length !== 4) return null
  const bytes = new Uint8Array(4)
  for (let i = 0; i < 4; i++) {
    if (!/^(0|[1-9][0-9]{0,2})$/.test(parts[i]!) || Number(parts[i]) > 255) return null
    bytes[i] = Number(parts[i])
  }
  return bytes
}

/** The sixteen octets of an IPv6 address in any of its spellings, without a zone; or null. */
export function address6Bytes(text: string): Uint8Array | null {
  const halves = text.split('::', 3)
  if (halves.length > 2) return null
  const front = groupsOf(halves[0]!, halves.length === 1)
  const back = halves.length === 2 ? groupsOf(halves[1]!, true) : []
  if (front === null || back === null) return null
  const zeros = 8 - front.length - back.length
  if (halves.length === 2 ? zeros < 1 : zeros !== 0) return null
  const groups = [...front, ...new Array<number>(zeros).fill(0), ...back]
  return Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 255]))
}

function groupsOf(text: string, mayEndWithAddress4: boolean): number[] | null {
  if (text === '') return []
  const parts = text.split(':', 9)
  const groups: number[] = []
  for (let i = 0; i < parts.length; i++) {
    const last4 = mayEndWithAddress4 && i === parts.length - 1 ? address4Bytes(parts[i]!) : null
    if (last4 !== null) groups.push((last4[0]! << 8) | last4[1]!, (last4[2]! << 8) | last4[3]!)
    else if (/^[0-9a-fA-F]{1,4}$/.test(parts[i]!)) groups.push(Number.parseInt(parts[i]!, 16))
    else return null
  }
  return groups
}
