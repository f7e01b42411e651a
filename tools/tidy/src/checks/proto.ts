import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { Problem, Tree } from '../tree.ts'

/** The generated code is what proto/ says. */
export function checkProto(tree: Tree): Problem[] {
  const run = spawnSync(process.execPath, [join(tree.root, 'tools/proto/generate.ts'), '--check'], {
    cwd: tree.root,
    encoding: 'utf8',
  })
  if (run.status === 0) return []
  return [{ file: 'proto', line: 0, message: run.stderr.trim() || 'tools/proto/generate.ts --check failed' }]
}
