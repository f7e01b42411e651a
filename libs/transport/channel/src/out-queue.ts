/** What the queue needs of the addon. */
export interface SendCalls {
  engineSend(id: number, bytes: Uint8Array, length: number): number
  engineSendMany(id: number, parts: readonly Uint8Array[], count: number): number
}

/** Up to so much of several parts is copied together for one send: cheaper than naming the parts one by one. */
const GATHER_BYTES_MAX = 16 * 1024
/** Parts of one system call; the addon takes no more. */
const PARTS_MAX = 64
/** Smaller parts that have to wait are copied together, so that they do not keep the larger buffers alive that they are of. */
const KEPT_PART_BYTES_MIN = 8 * 1024

const gathered = Buffer.allocUnsafeSlow(GATHER_BYTES_MAX)

/** Octets that wait for the kernel, in order. */
export class OutQueue {
  bytes: number
  #parts: Uint8Array[]
  /** Some part is lent and must be copied before the turn is over. */
  #hasBorrowed: boolean

  constructor() {
    this.bytes = 0
    this.#parts = []
    this.#hasBorrowed = false
  }

  get isEmpty(): boolean {
    return this.#parts.length === 0
  }

  push(bytes: Uint8Array): void {
    if (bytes.length === 0) return
    this.#parts.push(bytes)
    this.bytes += bytes.length
  }

  pushBorrowed(bytes: Uint8Array): void {
    this.#hasBorrowed = true
    this.push(bytes)
  }

  clear(): void {
    this.#parts.length = 0
    this.bytes = 0
    this.#hasBorrowed = false
  }

  /** Sends as much as the kernel takes; what remains is the queue's own. 0, or what the kernel said below it. */
  sendBy(calls: SendCalls, id: number): number {
    while (this.#parts.length > 0) {
      const offered = Math.min(this.#parts.length, PARTS_MAX)
      const sent = this.#sendSome(calls, id, offered)
      if (sent < 0) return sent
      if (sent === this.bytes) {
        this.clear()
        return 0
      }
      const wasWhole = this.#drop(sent) === offered
      if (!wasWhole) {
        this.#keep()
        return 0
      }
    }
    return 0
  }

  #sendSome(calls: SendCalls, id: number, offered: number): number {
    const parts = this.#parts
    if (parts.length === 1) return calls.engineSend(id, parts[0]!, parts[0]!.length)
    if (this.bytes > GATHER_BYTES_MAX) return calls.engineSendMany(id, parts, offered)
    let at = 0
    for (let i = 0; i < offered; i++) {
      gathered.set(parts[i]!, at)
      at += parts[i]!.length
    }
    return calls.engineSend(id, gathered, at)
  }

  /** Takes `sent` octets off the front; returns how many parts went whole. */
  #drop(sent: number): number {
    const parts = this.#parts
    this.bytes -= sent
    let whole = 0
    while (whole < parts.length && sent >= parts[whole]!.length) sent -= parts[whole++]!.length
    if (sent > 0) parts[whole] = parts[whole]!.subarray(sent)
    parts.splice(0, whole)
    return whole
  }

  /** What remains may wait for long: nothing of it is lent, and nothing small pins something large. */
  #keep(): void {
    const parts = this.#parts
    const kept: Uint8Array[] = []
    for (let i = 0; i < parts.length;) {
      let end = i
      let bytes = 0
      while (end < parts.length && (end === i || bytes + parts[end]!.length <= 2 * KEPT_PART_BYTES_MIN))
        bytes += parts[end++]!.length
      const isOwn = end === i + 1 && !this.#hasBorrowed && bytes >= KEPT_PART_BYTES_MIN
      kept.push(isOwn ? parts[i]! : Buffer.concat(parts.slice(i, end), bytes))
      i = end
    }
    this.#parts = kept
    this.#hasBorrowed = false
  }
}
