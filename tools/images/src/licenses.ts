import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { FileTree } from './file-tree.ts'

const LICENSE = /^(?:licen[cs]e|notice|copying)/i

/** The licenses of npm packages that are part of a bundle, which ask to be handed on with it. */
export function addLicenses(tree: FileTree, imageRoot: string, packages: readonly string[]): void {
  for (const folder of packages) {
    const name = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length)
    for (const file of readdirSync(folder))
      if (LICENSE.test(file)) tree.addFile(join(imageRoot, 'licenses', name, file), join(folder, file))
  }
}
