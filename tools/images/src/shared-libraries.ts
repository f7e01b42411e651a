import { spawnSync } from 'node:child_process'
import { realpathSync } from 'node:fs'
import type { FileTree } from './file-tree.ts'

/**
 * Adds a program of this machine and every shared library that it names, each where the dynamic loader of this machine
 * found it.
 *
 * Faults: throws when the program is not there or a library is missing.
 */
export function addProgram(tree: FileTree, path: string, source: string): void {
  tree.addFile(path, realpathSync(source), 0o755)
  for (const library of librariesOf(source)) tree.addFile(library, realpathSync(library), 0o755)
}

/** Paths of the libraries, the loader among them; none for a static program. */
export function librariesOf(program: string): string[] {
  const { status, stdout, stderr, error } = spawnSync('ldd', [program], { encoding: 'utf8' })
  if (error !== undefined) throw new Error(`Cannot tell the libraries of ${program}: expected the program ldd`)
  if (status !== 0) {
    if (/not a dynamic executable|statically linked/.test(stdout + stderr)) return []
    throw new Error(`Cannot tell the libraries of ${program}: ${stderr.trim()}`)
  }
  const missing = /^\s*(\S+) => not found/m.exec(stdout)?.[1]
  if (missing !== undefined) throw new Error(`${program} needs ${missing}: expected it on this machine`)
  // `libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x…)` or `/lib64/ld-linux-x86-64.so.2 (0x…)`; the vDSO is no file.
  return [...stdout.matchAll(/^\s*(?:\S+ => )?(\/\S+) \(0x/gm)].map((match) => match[1]!)
}
