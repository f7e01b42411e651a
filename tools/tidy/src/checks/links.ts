import { dirname, join } from 'node:path/posix'
import { linesWith, type Problem, type Tree } from '../tree.ts'

const LINK = /\]\((?!https?:|mailto:|#)([^)#\s]+)/

/** Links between documents lead to something that is tracked, be it a file or a folder. */
export function checkLinks(tree: Tree): Problem[] {
  return tree.files
    .filter((file) => file.endsWith('.md'))
    .flatMap((file) =>
      linesWith(tree.read(file), LINK).flatMap(({ line, match }) => {
        const target = join(dirname(file), match[1]!).replace(/\/$/, '')
        const exists = tree.files.some((known) => known === target || known.startsWith(`${target}/`))
        return exists ? [] : [{ file, line, message: `link to ${match[1]}: expected something that exists` }]
      }),
    )
}
