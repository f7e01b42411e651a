import { clip } from './style.ts'

/** The terminal as this library sees it. */
export interface Screen {
  write(text: string): void
  readonly columns: number
  readonly rows: number
}

/**
 * The last lines of a terminal, rewritten in place, with ordinary lines scrolling above them.
 *
 * Lines are clipped to the width, and to the height less one, since a wrapped or scrolled line could not be taken back.
 * One write per change, so that nothing flickers.
 */
export class LiveRegion {
  readonly #screen: Screen
  #lines: readonly string[] = []

  constructor(screen: Screen) {
    this.#screen = screen
  }

  /** Replaces what the region shows. */
  show(lines: readonly string[]): void {
    const fitting = lines
      .slice(0, Math.max(1, this.#screen.rows - 1))
      .map((line) => clip(line, this.#screen.columns - 1))
    this.#screen.write(this.#erase() + fitting.map((line) => line + '\n').join(''))
    this.#lines = fitting
  }

  /** Puts lines above the region, where they stay. */
  print(lines: readonly string[]): void {
    this.#screen.write(this.#erase() + [...lines, ...this.#lines].map((line) => line + '\n').join(''))
  }

  /** Takes the region away. */
  clear(): void {
    this.#screen.write(this.#erase())
    this.#lines = []
  }

  #erase(): string {
    return this.#lines.length === 0 ? '' : `\x1b[${this.#lines.length}A\r\x1b[J`
  }
}
