import type { Style } from '@weft/terminal'

/** One promise of the mesh, with what was measured. */
export interface KeptPromise {
  readonly text: string
  /** null: it could not be measured here; `measured` says why. */
  readonly held: boolean | null
  readonly measured: string
}

/** The promises of one run, each written down when it is measured. */
export class Promises {
  readonly all: KeptPromise[] = []
  readonly #onMeasured: (promise: KeptPromise) => void

  constructor(onMeasured: (promise: KeptPromise) => void) {
    this.#onMeasured = onMeasured
  }

  record(text: string, held: boolean | null, measured: string): void {
    const promise = { text, held, measured }
    this.all.push(promise)
    this.#onMeasured(promise)
  }

  get allHeld(): boolean {
    return this.all.length > 0 && this.all.every(({ held }) => held !== false)
  }
}

export function formatPromise({ text, held, measured }: KeptPromise, style: Style): string {
  const mark = held === null ? style.warn('-') : held ? style.good('✓') : style.bad('✗')
  return `${mark} ${text}: ${measured}`
}
