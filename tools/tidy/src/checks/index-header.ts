import type { Problem, Tree } from '../tree.ts'

const LIBRARY_INDEX = /^(?:libs\/[^/]+\/[^/]+|native\/[^/]+)\/src\/index\.ts$/
const EXPECTED = ['// ', '// Not here: ', '// Start with '] as const

/** A library's index begins with three lines: what it is, what it is not, where to start. */
export function checkIndexHeader(tree: Tree): Problem[] {
  return tree.files
    .filter((file) => LIBRARY_INDEX.test(file))
    .flatMap((file) => {
      const lines = tree.read(file).split('\n')
      const wrong = EXPECTED.findIndex(
        (start, i) => !lines[i]?.startsWith(start) || lines[i]!.length < start.length + 3,
      )
      if (wrong < 0) return []
      return [
        { file, line: wrong + 1, message: `expected a line that begins with "${EXPECTED[wrong]!.trim()}" and says it` },
      ]
    })
}
