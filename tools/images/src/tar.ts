import type { Entry } from './file-tree.ts'

const BLOCK_BYTES = 512
const NAME_BYTES_MAX = 100
const PREFIX_BYTES_MAX = 155
const types = { file: '0', link: '2', folder: '5' } as const

/**
 * A tar archive of these entries, owned by root and made at the epoch: equal entries give equal octets.
 *
 * Faults: throws for a path or a target that the format cannot hold. Source: POSIX.1-2001, ustar.
 */
export function tarOf(entries: readonly (readonly [path: string, entry: Entry])[]): Buffer {
  const blocks: Uint8Array[] = []
  for (const [path, entry] of entries) {
    const name = entry.kind === 'folder' ? `${path.slice(1)}/` : path.slice(1)
    const bytes = entry.kind === 'file' ? entry.bytes : new Uint8Array()
    blocks.push(header(name, entry, bytes.length), bytes, new Uint8Array(-bytes.length & (BLOCK_BYTES - 1)))
  }
  blocks.push(new Uint8Array(2 * BLOCK_BYTES))
  return Buffer.concat(blocks)
}

function header(path: string, entry: Entry, sizeBytes: number): Buffer {
  const block = Buffer.alloc(BLOCK_BYTES)
  const [prefix, name] = splitName(path)
  put(block, 0, name, NAME_BYTES_MAX)
  put(block, 100, octal(entry.kind === 'link' ? 0o777 : entry.mode, 7), 8)
  put(block, 108, octal(0, 7), 8)
  put(block, 116, octal(0, 7), 8)
  put(block, 124, octal(sizeBytes, 11), 12)
  put(block, 136, octal(0, 11), 12)
  put(block, 156, types[entry.kind], 1)
  if (entry.kind === 'link') put(block, 157, entry.target, NAME_BYTES_MAX)
  put(block, 257, 'ustar\x0000', 8)
  put(block, 329, octal(0, 7), 8)
  put(block, 337, octal(0, 7), 8)
  put(block, 345, prefix, PREFIX_BYTES_MAX)
  // The sum is taken with the field itself as blanks.
  block.fill(' ', 148, 156)
  const sum = block.reduce((total, octet) => total + octet, 0)
  put(block, 148, `${octal(sum, 6)}\0 `, 8)
  return block
}

/** A name that is too long is cut at a slash. */
function splitName(path: string): [prefix: string, name: string] {
  if (Buffer.byteLength(path) <= NAME_BYTES_MAX) return ['', path]
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
    const [prefix, name] = [path.slice(0, at), path.slice(at + 1)]
    if (name !== '' && Buffer.byteLength(name) <= NAME_BYTES_MAX && Buffer.byteLength(prefix) <= PREFIX_BYTES_MAX)
      return [prefix, name]
  }
  throw new Error(`Cannot put ${JSON.stringify(path)} into an image: expected a path of at most 255 octets`)
}

function put(block: Buffer, offset: number, text: string, lengthMax: number): void {
  const bytes = Buffer.from(text)
  if (bytes.length > lengthMax)
    throw new Error(`Cannot put ${JSON.stringify(text)} into an image: expected at most ${lengthMax} octets`)
  bytes.copy(block, offset)
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0')
}
