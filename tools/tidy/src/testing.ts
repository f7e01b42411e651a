import type { Tree } from './tree.ts'

/** A made-up repository. */
export function treeOf(files: Readonly<Record<string, string>>): Tree {
  return { root: '/nowhere', files: Object.keys(files).toSorted(), read: (file) => files[file]! }
}
