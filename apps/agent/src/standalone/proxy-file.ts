import { readFileSync } from 'node:fs'
import { Failure } from '@weft/faults'
import { checkTogether, parseProxyResources } from '@weft/resources'
import type { ResourceUpsert } from '../worker/messages.ts'
import { compileProxy } from './compile-proxy.ts'

/** What a file says, compiled for workers. */
export interface ProxyFile {
  readonly resources: readonly ResourceUpsert[]
}

/**
 * Reads the file, checks all of it and compiles it.
 *
 * Faults: ResourceProblems with file, line and field of everything that is wrong; Failure `file` when it can't be read.
 */
export function readProxyFile(path: string, bindHosts: readonly string[]): ProxyFile {
  const resources = parseProxyResources(readText(path), path, checkTogether)
  return { resources: compileProxy(resources, bindHosts) }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new Failure('file', `Cannot read ${path}: ${code ?? String(error)}, expected a file with resources`)
  }
}
