/** `.Files` of a template: what lies in the chart besides its templates. */
export class ChartFiles {
  readonly #files: ReadonlyMap<string, string>

  constructor(files: ReadonlyMap<string, string>) {
    this.#files = files
  }

  /** The text of a file; '' when there is none. */
  get(path: string): string {
    return this.#files.get(path) ?? ''
  }

  /** Files by path, `*` for anything within a name. */
  glob(pattern: string): Readonly<Record<string, string>> {
    const escaped = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    const expression = new RegExp(`^${escaped.join('[^/]*')}$`)
    return Object.fromEntries([...this.#files].filter(([path]) => expression.test(path)))
  }
}
