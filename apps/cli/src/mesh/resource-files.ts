import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describeError, Failure } from '@weft/faults'
import { parseResources, ResourceProblems, resourceId, type Resource } from '@weft/resources'
import type { Context } from '../context.ts'

const FILES_MAX = 1_000

/**
 * Reads and checks resources from files, directories (their .yaml, .yml and .json files, by name) and `-` for standard
 * input, before anything is sent anywhere.
 *
 * Faults: Failure `resource` with everything wrong in all files, each with file, line and column.
 */
export async function readResources(sources: readonly string[], context: Context): Promise<Resource[]> {
  const problems: string[] = []
  const found = new Map<string, Resource>()
  for (const source of sources) {
    for (const { name, text } of await readSource(source, context)) {
      try {
        for (const resource of parseResources(text, name)) {
          const id = resourceId(resource)
          if (found.has(id)) problems.push(`${name}: found ${id} a second time, expected each once`)
          found.set(id, resource)
        }
      } catch (error) {
        if (!(error instanceof ResourceProblems)) throw error
        problems.push(error.message)
      }
    }
  }
  if (problems.length > 0) throw new Failure('resource', problems.join('\n'))
  return [...found.values()]
}

async function readSource(source: string, context: Context): Promise<{ name: string; text: string }[]> {
  if (source === '-') return [{ name: '<stdin>', text: await context.readStdin() }]
  const path = resolve(context.cwd, source)
  try {
    if (!statSync(path).isDirectory()) return [{ name: source, text: readFileSync(path, 'utf8') }]
    const names = readdirSync(path)
      .filter((name) => /\.(ya?ml|json)$/.test(name))
      .toSorted()
    if (names.length === 0 || names.length > FILES_MAX) {
      throw new Failure(
        'resource',
        `${source}: found ${names.length} files, expected 1 to ${FILES_MAX} that end in .yaml, .yml or .json`,
      )
    }
    return names.map((name) => ({ name: join(source, name), text: readFileSync(join(path, name), 'utf8') }))
  } catch (error) {
    if (error instanceof Failure) throw error
    throw new Failure(
      'resource',
      `cannot read ${JSON.stringify(source)}: ${describeError(error)}; expected a file, a directory or -`,
    )
  }
}
