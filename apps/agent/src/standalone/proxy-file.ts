import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { Failure } from '@weft/faults'
import { checkTogether, parseProxyResources, SecretContents } from '@weft/resources'
import type { ResourceUpsert } from '../worker/messages.ts'
import { compileProxy } from './compile-proxy.ts'

/** What a file says, compiled for workers. */
export interface ProxyFile {
  readonly resources: readonly ResourceUpsert[]
}

/**
 * Reads the file and those with certificates that it names, checks all of it and compiles it. `onRead` is told of every
 * file, so that it can be watched, also when something is wrong with it.
 *
 * Faults: ResourceProblems with file, line and field of everything that is wrong; Failure `file` when it can't be read.
 */
export function readProxyFile(
  path: string,
  bindHosts: readonly string[],
  onRead: (path: string) => void = () => {},
): ProxyFile {
  const secretText = (name: string): string => {
    const file = resolve(dirname(path), name)
    onRead(file)
    return readFileSync(file, 'utf8')
  }
  onRead(path)
  let secrets = new SecretContents([], secretText)
  const resources = parseProxyResources(readText(path), path, (found) => {
    secrets = new SecretContents(found, secretText)
    return checkTogether(found, secrets)
  })
  return { resources: compileProxy(resources, bindHosts, secrets.findPem) }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new Failure('file', `Cannot read ${path}: ${code ?? String(error)}, expected a file with resources`)
  }
}
