import type { Problem, Tree } from '../tree.ts'

const LINES_MAX = 400
const CODE = /\.(ts|js|c|h|sh)$/
const EXCEPT = /\/generated\/|\.test\.ts$/

/** A file past 400 lines is two files, or says why not: a comment `tidy: long because …` in its first ten lines. */
export function checkFileLength(tree: Tree): Problem[] {
  return tree.files
    .filter((file) => CODE.test(file) && !EXCEPT.test(file))
    .flatMap((file) => {
      const lines = tree.read(file).split('\n')
      const length = lines.length - 1
      if (length <= LINES_MAX || lines.slice(0, 10).some((line) => line.includes('tidy: long because '))) return []
      const message = `${length} lines: expected at most ${LINES_MAX}, or a comment "tidy: long because …" at the top`
      return [{ file, line: 0, message }]
    })
}
