import { fileURLToPath } from 'node:url'
import { StaticProgram } from '@weft/static'

/** Static: it runs on the node itself, whose libraries nobody knows. */
export const pluginProgram = new StaticProgram('weft-cni', fileURLToPath(new URL('..', import.meta.url)))
