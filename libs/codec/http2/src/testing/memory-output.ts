import type { Http2Output } from '../http2-options.ts'

/** Keeps what is written. `isOpen` false plays a transport that takes no more for now (what is written is kept all the same). */
export class MemoryOutput implements Http2Output {
  readonly chunks: Uint8Array[] = []
  isOpen = true
  corks = 0
  /** Undefined until closed. */
  closedWith: Error | null | undefined = undefined

  write(bytes: Uint8Array): boolean {
    this.chunks.push(bytes)
    return this.isOpen
  }

  cork(): void {
    this.corks++
  }

  uncork(): void {
    this.corks--
  }

  closed(error: Error | null): void {
    this.closedWith = error
  }

  /** Everything written since the last call, in one piece. */
  take(): Uint8Array {
    const bytes = Buffer.concat(this.chunks)
    this.chunks.length = 0
    return Uint8Array.from(bytes)
  }
}
