import type { ChannelHandler } from '../channel.ts'

/** A handler that keeps all it is told. */
export class Recorder implements ChannelHandler {
  readonly chunks: Uint8Array[] = []
  ended = false
  drains = 0
  /** undefined while open. */
  closedWith: Error | null | undefined = undefined
  #waiters: { readonly done: () => boolean; readonly resolve: () => void }[] = []

  get text(): string {
    return Buffer.concat(this.chunks).toString('latin1')
  }

  get byteCount(): number {
    let count = 0
    for (const chunk of this.chunks) count += chunk.length
    return count
  }

  /** Resolves as soon as `done` holds, looked at after every event. */
  until(done: () => boolean): Promise<void> {
    if (done()) return Promise.resolve()
    return new Promise((resolve) => this.#waiters.push({ done, resolve }))
  }

  bytes(bytes: Uint8Array): void {
    this.chunks.push(bytes)
    this.#wake()
  }

  end(): void {
    this.ended = true
    this.#wake()
  }

  drained(): void {
    this.drains++
    this.#wake()
  }

  closed(error: Error | null): void {
    this.closedWith = error
    this.#wake()
  }

  #wake(): void {
    this.#waiters = this.#waiters.filter(({ done, resolve }) => {
      if (!done()) return true
      resolve()
      return false
    })
  }
}
