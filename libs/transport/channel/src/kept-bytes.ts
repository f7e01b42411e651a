/** Up to here what is kept shares a block with others, so that a small read is no allocation of its own. */
const SHARED_BYTES_MAX = 2048
const BLOCK_BYTES = 16 * 1024

let block = Buffer.allocUnsafeSlow(BLOCK_BYTES)
let used = 0

/** A copy of `bytes[start, end)`, to keep. A small one keeps no more than 16 KiB alive. */
export function keptBytes(bytes: Uint8Array, start = 0, end = bytes.length): Buffer {
  const length = end - start
  let kept: Buffer
  if (length > SHARED_BYTES_MAX) kept = Buffer.allocUnsafeSlow(length)
  else {
    if (used + length > BLOCK_BYTES) {
      block = Buffer.allocUnsafeSlow(BLOCK_BYTES)
      used = 0
    }
    kept = block.subarray(used, used + length)
    used += length
  }
  if (bytes instanceof Buffer) bytes.copy(kept, 0, start, end)
  else kept.set(bytes.subarray(start, end))
  return kept
}
