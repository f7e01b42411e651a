import { EOS, huffmanBits, huffmanCodes } from './huffman-code.ts'

const EMITS = 0x100
const FAILS = 0x200
const MAY_END = 0x400
const STATE_SHIFT = 16

/**
 * What half an octet does in each state (a node of the code's tree): the symbol in the low 8 bits if it EMITS one (no code
 * is shorter than five bits, so never two), and the next state. 16 KiB, so that it stays in the first-level cache.
 */
const steps: Int32Array = buildSteps()

/**
 * Decodes `bytes[start, end)` into `out`, which must hold `huffmanDecodedMax(end - start)` octets.
 *
 * Returns the octets written, or -1 when the string contains EOS or ends in anything but up to seven one bits.
 * Never throws, never allocates. Source: RFC 7541 section 5.2.
 */
export function huffmanDecode(bytes: Uint8Array, start: number, end: number, out: Uint8Array): number {
  let length = 0
  let step = MAY_END
  for (let i = start; i < end; i++) {
    const octet = bytes[i]!
    step = steps[((step >> STATE_SHIFT) << 4) | (octet >> 4)]!
    if ((step & EMITS) !== 0) out[length++] = step & 0xff
    if ((step & FAILS) !== 0) return -1
    step = steps[((step >> STATE_SHIFT) << 4) | (octet & 15)]!
    if ((step & EMITS) !== 0) out[length++] = step & 0xff
    if ((step & FAILS) !== 0) return -1
  }
  return (step & MAY_END) !== 0 ? length : -1
}

/** The most octets that so many encoded ones can become. */
export function huffmanDecodedMax(encodedBytes: number): number {
  return Math.ceil((encodedBytes * 8) / 5)
}

function buildSteps(): Int32Array {
  const tree = buildTree()
  const table = new Int32Array((tree.length / 2) * 16)
  for (let state = 0; state < tree.length / 2; state++) {
    for (let nibble = 0; nibble < 16; nibble++) table[(state << 4) | nibble] = stepOf(tree, state, nibble)
  }
  return table
}

/** Two entries for each inner node, for bit 0 and bit 1: the next node, or -1 - symbol at a leaf. Node 0 is the root. */
function buildTree(): number[] {
  const tree = [0, 0]
  for (let symbol = 0; symbol <= EOS; symbol++) {
    let node = 0
    for (let bit = huffmanBits[symbol]! - 1; bit >= 0; bit--) {
      const at = node * 2 + ((huffmanCodes[symbol]! >>> bit) & 1)
      if (bit === 0) tree[at] = -1 - symbol
      else if (tree[at] === 0) {
        tree[at] = tree.length / 2
        tree.push(0, 0)
      }
      node = tree[at]!
    }
  }
  return tree
}

function stepOf(tree: number[], state: number, nibble: number): number {
  let node = state
  let emitted = 0
  for (let bit = 3; bit >= 0; bit--) {
    node = tree[node * 2 + ((nibble >> bit) & 1)]!
    if (node >= 0) continue
    const symbol = -1 - node
    if (symbol === EOS) return FAILS
    emitted = EMITS | symbol
    node = 0
  }
  return emitted | (node << STATE_SHIFT) | (isPadding(tree, node) ? MAY_END : 0)
}

/** Whether `node` is the root or is reached from it by at most seven one bits. */
function isPadding(tree: number[], node: number): boolean {
  let at = 0
  for (let ones = 0; ones <= 7; ones++) {
    if (at === node) return true
    at = tree[at * 2 + 1]!
  }
  return false
}
