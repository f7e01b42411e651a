import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '../machine/tools.ts'

/** Version of the whole product: one repository, one number. */
export const weftVersion = (
  JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as { version: string }
).version
