/**
 * The value of the first query parameter called `name` in a request target whose path is `pathLength` long, or null.
 * Names and values are compared as forms mean them: `+` is a space and `%XX` an octet; what can't be decoded stays as
 * it is. Source: URL Standard, application/x-www-form-urlencoded.
 */
export function queryValue(target: string, pathLength: number, name: string): string | null {
  for (let at = pathLength + 1; at <= target.length;) {
    const end = endOf(target, '&', at, target.length)
    const equals = endOf(target, '=', at, end)
    if (isNamed(target, at, equals, name)) return equals === end ? '' : decode(target.slice(equals + 1, end))
    at = end + 1
  }
  return null
}

function isNamed(target: string, from: number, to: number, name: string): boolean {
  if (to - from === name.length && target.startsWith(name, from)) return true
  // Only an encoded name can still be the same, and it is longer.
  return to - from >= name.length && decode(target.slice(from, to)) === name
}

function endOf(text: string, char: string, from: number, limit: number): number {
  const at = text.indexOf(char, from)
  return at < 0 || at > limit ? limit : at
}

function decode(text: string): string {
  if (!text.includes('%') && !text.includes('+')) return text
  const spaced = text.replaceAll('+', ' ')
  try {
    return decodeURIComponent(spaced)
  } catch {
    return spaced
  }
}
