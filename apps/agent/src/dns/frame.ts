/** A message with its length before it, as TCP carries it. Source: RFC 1035 section 4.2.2. */
export function copyFrame(message: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(message.length + 2)
  frame.writeUInt16BE(message.length, 0)
  frame.set(message, 2)
  return frame
}

/** Takes messages out of a stream. Joins the pieces of a message once, when the last has come. */
export class FrameReader {
  readonly #parts: Buffer[]
  #heldBytes: number

  constructor() {
    this.#parts = []
    this.#heldBytes = 0
  }

  feed(bytes: Buffer): void {
    this.#parts.push(bytes)
    this.#heldBytes += bytes.length
  }

  /** The next whole message, or null when there is none yet. */
  next(): Buffer | null {
    if (this.#heldBytes < 2) return null
    if (this.#parts[0]!.length < 2) this.#join()
    const end = 2 + this.#parts[0]!.readUInt16BE(0)
    if (this.#heldBytes < end) return null
    if (this.#parts[0]!.length < end) this.#join()
    const held = this.#parts[0]!
    if (held.length === end) this.#parts.shift()
    else this.#parts[0] = held.subarray(end)
    this.#heldBytes -= end
    return held.subarray(2, end)
  }

  #join(): void {
    this.#parts.splice(0, this.#parts.length, Buffer.concat(this.#parts))
  }
}
