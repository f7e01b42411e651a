import { join } from 'node:path'

/** Where Node keeps compiled sources between runs: with the packages, so that it goes when they go. */
export const compileCacheDir = join(import.meta.dirname, '../../../../node_modules/.cache/weft')
