import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'

const kinds = { directory: 0o040755, file: 0o100755, link: 0o120777, console: 0o020600 } as const

/** Writes an archive of the form that the kernel unpacks as its first file system. Source: kernel doc buffer-format. */
export class CpioWriter {
  readonly #fd: number
  readonly #names = new Set<string>()
  #inode = 1

  constructor(path: string) {
    this.#fd = openSync(path, 'w', 0o600)
  }

  addFile(name: string, source: string): void {
    this.#addOnce(name, kinds.file, readFileSync(source))
  }

  addText(name: string, text: string): void {
    this.#addOnce(name, kinds.file, Buffer.from(text))
  }

  addLink(name: string, target: string): void {
    this.#addOnce(name, kinds.link, Buffer.from(target))
  }

  addDirectory(name: string): void {
    this.#addOnce(name, kinds.directory, Buffer.alloc(0))
  }

  /** The device that the first process speaks through. */
  addConsole(): void {
    this.#addOnce('dev/console', kinds.console, Buffer.alloc(0), 5, 1)
  }

  close(): void {
    this.#write('TRAILER!!!', 0, Buffer.alloc(0), 0, 0)
    closeSync(this.#fd)
  }

  #addOnce(name: string, mode: number, content: Buffer, major = 0, minor = 0): void {
    if (this.#names.has(name)) return
    const parent = name.slice(0, Math.max(0, name.lastIndexOf('/')))
    if (parent !== '') this.addDirectory(parent)
    this.#names.add(name)
    this.#write(name, mode, content, major, minor)
  }

  #write(name: string, mode: number, content: Buffer, major: number, minor: number): void {
    const nameBytes = Buffer.byteLength(name) + 1
    const fields = [this.#inode++, mode, 0, 0, 1, 0, content.length, 0, 0, major, minor, nameBytes, 0]
    const head = '070701' + fields.map((field) => field.toString(16).padStart(8, '0')).join('') + name + '\0'
    this.#writePadded(Buffer.from(head))
    this.#writePadded(content)
  }

  #writePadded(bytes: Buffer): void {
    writeSync(this.#fd, bytes)
    const padding = (4 - (bytes.length % 4)) % 4
    if (padding > 0) writeSync(this.#fd, Buffer.alloc(padding))
  }
}
