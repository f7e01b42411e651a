import type { Problem, Tree } from '../tree.ts'

/** Words that say nothing, with what to ask instead. */
const FORBIDDEN = new Map([
  ['utils', 'name the one thing that it does'],
  ['util', 'name the one thing that it does'],
  ['helpers', 'name the one thing that it does'],
  ['helper', 'name the one thing that it does'],
  ['common', 'say what the parts have in common'],
  ['manager', 'say what it does to them: pool, watcher, supervisor, registry'],
  ['misc', 'find each its place'],
])
const CODE = /\.(ts|c|h|sh)$/
const KEBAB = /^[a-z0-9]+(?:[-.][a-z0-9]+)*$/
/** The kernel's own habit for objects of C, whose names become section and map names. */
const SNAKE = /^[a-z0-9]+(?:[_.][a-z0-9]+)*$/

/** Files and folders of code: kebab-case (C: snake_case), and none of the words that say nothing. */
export function checkNames(tree: Tree): Problem[] {
  return tree.files.filter((file) => CODE.test(file)).flatMap((file) => [...forbidden(file), ...spelling(file)])
}

function forbidden(file: string): Problem[] {
  const words = file.split(/[/\-_.]/)
  return words.flatMap((word) => {
    const instead = FORBIDDEN.get(word)
    return instead === undefined ? [] : [{ file, line: 0, message: `"${word}" in the name: ${instead}` }]
  })
}

function spelling(file: string): Problem[] {
  const name = file.split('/').at(-1)!
  const pattern = /\.[ch]$/.test(name) ? SNAKE : KEBAB
  if (pattern.test(name)) return []
  return [
    {
      file,
      line: 0,
      message: `name ${JSON.stringify(name)}: expected ${pattern === SNAKE ? 'snake_case' : 'kebab-case'}`,
    },
  ]
}
