import { createWriteStream, renameSync, statSync, type WriteStream } from 'node:fs'

/**
 * A log file that never takes more than twice `bytesMax`: when full it becomes `.1`, in place of the one before.
 * A disk that is full costs lines, never the writer.
 */
export class BoundedLog {
  readonly #path: string
  readonly #bytesMax: number
  #bytes: number
  #stream: WriteStream

  constructor(path: string, bytesMax = 8 << 20) {
    this.#path = path
    this.#bytesMax = bytesMax
    this.#bytes = sizeOf(path)
    this.#stream = open(path)
  }

  write(chunk: Uint8Array | string): void {
    if (this.#bytes > this.#bytesMax) this.#rotate()
    this.#bytes += chunk.length
    // What a slow disk has not taken is dropped past a bound, since it would be held in memory.
    if (this.#stream.writableLength < this.#bytesMax) this.#stream.write(chunk)
  }

  close(): void {
    this.#stream.end()
  }

  #rotate(): void {
    this.#stream.end()
    try {
      renameSync(this.#path, `${this.#path}.1`)
    } catch {
      // Gone or not ours: the new stream says so by staying silent.
    }
    this.#bytes = 0
    this.#stream = open(this.#path)
  }
}

function open(path: string): WriteStream {
  return createWriteStream(path, { flags: 'a', mode: 0o600 }).on('error', () => {})
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size
  } catch {
    return 0
  }
}
