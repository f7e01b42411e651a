import { linesWith, type Problem, type Tree } from '../tree.ts'

/** Text that only means something on one machine or in one network. */
const PLACES = [
  { pattern: /(?<![\w.:-])\/(?:home|Users)\/(?!\$|<|\{|\*)[\w.-]+/, what: 'a home directory' },
  { pattern: /(?<![\w.:-])\/(?:root|work|workspace)\/[\w.-]+/, what: 'a path of one machine' },
  {
    pattern: /https?:\/\/[^\s"'`)]*(?:registry|artifactory|nexus|npmmirror|pypi)[^\s"'`)]*/i,
    what: 'a package registry',
  },
] as const

const BINARY = /\.(?:png|ico|gz|bin|node|o|woff2?)$/
/** Writes the patterns down, so finds itself. */
const SELF = /^tools\/tidy\/src\/checks\/private-places/

/** No path of somebody's machine and no registry host in what is tracked. */
export function checkPrivatePlaces(tree: Tree): Problem[] {
  return tree.files
    .filter((file) => !BINARY.test(file) && !SELF.test(file))
    .flatMap((file) => {
      const text = tree.read(file)
      return PLACES.flatMap(({ pattern, what }) =>
        linesWith(text, pattern).map(({ line, match }) => ({
          file,
          line,
          message: `${match[0]} is ${what}: expected a path below the repository, or one given by a setting`,
        })),
      )
    })
}
