import type { Component } from '@weft/lifecycle'
import type { Clock, Timer } from '@weft/time'

const LOOK_EVERY_MS = 2_000

/** Something that somebody has to see to on this node. */
export interface NodeNotice {
  /** Stable: checks of `weft` are made of them. */
  readonly id: 'cni' | 'cni-plugins' | 'disk'
  readonly text: string
}

/** A file that is kept for a restart. */
export interface KeptFile {
  /** Why it is not as it should be, '' when it is. */
  readonly trouble: string
  /** Writes what could not be written. */
  retry(): void
}

/**
 * Tells the control plane what hinders this node and does not stop its traffic: files that cannot be written, the place of
 * the CNI plugin. Looked at every two seconds, told when it changes; files are tried again meanwhile.
 */
export class NodeNotices implements Component {
  readonly #files: readonly KeptFile[]
  readonly #others: () => readonly NodeNotice[]
  readonly #report: (notices: readonly NodeNotice[]) => void
  readonly #clock: Clock
  #timer: Timer | null = null
  #told = '[]'

  constructor(
    files: readonly KeptFile[],
    others: () => readonly NodeNotice[],
    report: (notices: readonly NodeNotice[]) => void,
    clock: Clock,
  ) {
    this.#files = files
    this.#others = others
    this.#report = report
    this.#clock = clock
  }

  async start(): Promise<void> {
    this.#look()
  }

  async drain(): Promise<void> {
    this.stop()
  }

  stop(): void {
    this.#timer?.cancel()
    this.#timer = null
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.stop()
  }

  #look(): void {
    for (const file of this.#files) if (file.trouble !== '') file.retry()
    const troubles = this.#files.map(({ trouble }) => trouble).filter((trouble) => trouble !== '')
    const notices = [...troubles.map((text): NodeNotice => ({ id: 'disk', text })), ...this.#others()]
    const text = JSON.stringify(notices)
    if (text !== this.#told) this.#report(notices)
    this.#told = text
    this.#timer = this.#clock.after(LOOK_EVERY_MS, () => this.#look())
  }
}
