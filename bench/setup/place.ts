import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

export const repositoryRoot = resolve(import.meta.dirname, '../..')
export const resultsDirectory = join(repositoryRoot, 'bench/results')

/** Programs made or fetched for the benchmark; tools/setup/bench.sh names the same place. */
export const benchCache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'weft/bench')
