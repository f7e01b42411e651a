import { dirname, join } from 'node:path/posix'
import { linesWith, type Problem, type Tree } from '../tree.ts'

const LINK = /\]\((?!https?:|mailto:|#)([^)#\s]+)/

/** Paths in backquotes that begin like one of ours. */
const QUOTED = /`((?:apps|libs|native|proto|tools|docs|e2e|bench|deploy)\/[\w./-]*\w)\/?`/

/** Links between documents, and paths they name, lead to something that is tracked, be it a file or a folder. */
export function checkLinks(tree: Tree): Problem[] {
  return tree.files
    .filter((file) => file.endsWith('.md'))
    .flatMap((file) => {
      const text = tree.read(file)
      return [
        ...linesWith(text, LINK).map(({ line, match }) => ({ line, path: join(dirname(file), match[1]!) })),
        ...linesWith(text, QUOTED).map(({ line, match }) => ({ line, path: match[1]! })),
      ]
        .filter(({ path }) => !exists(tree, path.replace(/\/$/, '')))
        .map(({ line, path }) => ({ file, line, message: `${path}: expected something that exists` }))
    })
}

function exists(tree: Tree, path: string): boolean {
  return tree.files.some((known) => known === path || known.startsWith(`${path}/`))
}
