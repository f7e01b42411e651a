import { turnNumber } from './flush.ts'

/** Memory that is lent for a turn and then used again. */
export class TurnArena {
  readonly #bytes: Buffer
  #used: number
  #turn: number

  constructor(bytesMax: number) {
    this.#bytes = Buffer.allocUnsafeSlow(bytesMax)
    this.#used = 0
    this.#turn = -1
  }

  /** Room for so many octets; of its own where the arena is full. */
  room(bytesCount: number): Buffer {
    const turn = turnNumber()
    if (turn !== this.#turn) {
      this.#turn = turn
      this.#used = 0
    }
    if (this.#used + bytesCount > this.#bytes.length) return Buffer.allocUnsafeSlow(bytesCount)
    return this.#bytes.subarray(this.#used, this.#used + bytesCount)
  }

  /** So much of the room that was asked for last is in use until the turn ends. */
  keep(room: Buffer, bytesCount: number): void {
    if (room.buffer === this.#bytes.buffer) this.#used += (bytesCount + 63) & ~63
  }
}
