import { join } from 'node:path'

/** A program of this folder as words to run: plain Node, which knows nothing of a mesh. */
export function nodeProgram(file: string, ...args: readonly string[]): string[] {
  return [process.execPath, '--disable-warning=ExperimentalWarning', join(import.meta.dirname, file), ...args]
}
