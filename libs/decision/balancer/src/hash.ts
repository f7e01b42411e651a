/**
 * 32 bits of a text as a signed integer, well mixed and the same everywhere: two agents must agree on the ring. Signed,
 * because V8 keeps such integers without allocating. Source: FNV-1a over UTF-16 units, MurmurHash3 finalizer.
 */
export function hashText(text: string, seed = 0): number {
  let hash = (0x811c9dc5 ^ seed) | 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193)
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193)
  }
  return mix32(hash)
}

/** Spreads 32 bits over 32 bits, one to one. Source: MurmurHash3 fmix32. */
export function mix32(value: number): number {
  let hash = value | 0
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}
