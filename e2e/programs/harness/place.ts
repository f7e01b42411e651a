import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'

export const repositoryRoot = join(import.meta.dirname, '../../..')

/** Programs that no package manager of the system has; made again where it is absent. */
export const programsCache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'weft/programs')

/** Everything that a run of the suite writes. The same each time, so that the next run finds what a killed one left. */
export const runDirectory = join(tmpdir(), 'weft-programs')
