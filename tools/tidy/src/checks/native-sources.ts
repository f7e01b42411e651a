import { spawnSync } from 'node:child_process'
import type { Problem, Tree } from '../tree.ts'

const SOURCE = /^native\/.*\.[ch]$/
const LICENSES = [
  { folder: 'native/bpf/', text: 'GPL-2.0-only OR BSD-2-Clause' },
  { folder: 'native/', text: 'Apache-2.0' },
]

/** Every C file names its license on the first line: the kernel's for what runs in it, ours for the rest. */
export function checkSpdx(tree: Tree): Problem[] {
  return tree.files
    .filter((file) => SOURCE.test(file))
    .flatMap((file) => {
      const license = LICENSES.find(({ folder }) => file.startsWith(folder))!.text
      const first = tree.read(file).split('\n', 1)[0]!
      if (/^(?:\/\/|\/\*) SPDX-License-Identifier: /.test(first) && first.includes(license)) return []
      return [{ file, line: 1, message: `expected "// SPDX-License-Identifier: ${license}"` }]
    })
}

/** C is laid out by clang-format, where the machine has it; null where it does not. */
export function checkClangFormat(tree: Tree): Problem[] | null {
  const files = tree.files.filter((file) => SOURCE.test(file))
  if (files.length === 0) return []
  const run = spawnSync('clang-format', ['--dry-run', '-Werror', ...files], { cwd: tree.root, encoding: 'utf8' })
  if (run.error !== undefined) return null
  if (run.status === 0) return []
  const wrong = new Map<string, number>()
  for (const match of run.stderr.matchAll(/^(\S+?):(\d+):\d+: error:/gm)) {
    if (!wrong.has(match[1]!)) wrong.set(match[1]!, Number(match[2]))
  }
  if (wrong.size === 0)
    return [{ file: 'native', line: 0, message: `clang-format failed: ${run.stderr.slice(0, 500)}` }]
  return [...wrong].map(([file, line]) => ({ file, line, message: `not formatted: run clang-format -i ${file}` }))
}
