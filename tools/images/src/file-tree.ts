import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { dirname, join } from 'node:path/posix'

/** One entry of an image: what tar needs to know of it, and nothing that differs between two builds. */
export type Entry =
  | { readonly kind: 'folder'; readonly mode: number }
  | { readonly kind: 'file'; readonly mode: number; readonly bytes: Uint8Array }
  | { readonly kind: 'link'; readonly target: string }

/** Files of one layer by their path in the image. Whatever was added when, it is read in the order of paths. */
export class FileTree {
  readonly #entries = new Map<string, Entry>()

  /** `path` begins with a slash; the folders above it come by themselves. */
  add(path: string, entry: Entry): void {
    for (let dir = dirname(path); dir !== '/'; dir = dirname(dir))
      if (!this.#entries.has(dir)) this.#entries.set(dir, { kind: 'folder', mode: 0o755 })
    this.#entries.set(path, entry)
  }

  addText(path: string, text: string): void {
    this.add(path, { kind: 'file', mode: 0o644, bytes: Buffer.from(text) })
  }

  /** A file of this machine, with its mode's x for all or for nobody; what a link leads to, not the link. */
  addFile(path: string, source: string, mode = 0o644): void {
    this.add(path, { kind: 'file', mode, bytes: readFileSync(source) })
  }

  /** A folder of this machine with all that is in it, links as links. */
  addFolder(path: string, source: string): void {
    for (const name of readdirSync(source)) {
      const [to, from] = [join(path, name), join(source, name)]
      const stat = lstatSync(from)
      if (stat.isSymbolicLink()) this.add(to, { kind: 'link', target: readlinkSync(from) })
      else if (stat.isDirectory()) this.addFolder(to, from)
      else if (stat.isFile()) this.addFile(to, from, (stat.mode & 0o111) === 0 ? 0o644 : 0o755)
    }
  }

  entries(): [path: string, entry: Entry][] {
    return [...this.#entries].toSorted(([a], [b]) => (a < b ? -1 : 1))
  }
}
