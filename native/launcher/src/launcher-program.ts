import { fileURLToPath } from 'node:url'
import { StaticProgram } from '@weft/static'

/** Static: nothing of the machine or the image can keep it from starting. */
export const launcherProgram = new StaticProgram('weft-launcher', fileURLToPath(new URL('..', import.meta.url)))
