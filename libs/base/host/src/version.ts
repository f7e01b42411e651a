import { readFileSync } from 'node:fs'

/** The semantic version of this source tree. */
export const version = (
  JSON.parse(readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8')) as { version: string }
).version
