import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { FileTree } from './file-tree.ts'
import { addProgram } from './shared-libraries.ts'

export const NODE = '/usr/bin/node'

/** What every image stands on: Node without its symbols, the libraries it names, and the few files that libc reads. */
export function nodeTree(root: string, scratchDir: string): FileTree {
  const tree = new FileTree()
  const stripped = join(scratchDir, 'node')
  copyFileSync(nodeOf(root), stripped)
  // The table of symbols for debuggers. What addons link to, OpenSSL among it, is in another one, which stays.
  execFileSync('strip', ['--strip-all', stripped])
  addProgram(tree, NODE, stripped)
  tree.addText('/etc/passwd', 'root:x:0:0::/tmp:/none\nweft:x:65532:65532::/tmp:/none\n')
  tree.addText('/etc/group', 'root:x:0:\nweft:x:65532:\n')
  tree.addText('/etc/nsswitch.conf', 'hosts: files dns\n')
  tree.add('/tmp', { kind: 'folder', mode: 0o1777 })
  return tree
}

function nodeOf(root: string): string {
  const path = join(root, 'node_modules', `node-linux-${process.arch}`, 'bin/node')
  if (!existsSync(path)) throw new Error(`Cannot find Node for Linux at ${path}: run npm run setup first`)
  return path
}
