import { createRequire } from 'node:module'
import type { Addon } from './addon.ts'
import { AddonUnavailable, compileAddon } from './compile.ts'

let loaded: Addon | null = null

/**
 * The addon, compiled on first use on this machine (a second or two) and loaded once per process.
 *
 * Faults: throws {@link AddonUnavailable}, whose `reason` fits on a line of status.
 */
export function loadAddon(cacheDir?: string): Addon {
  if (loaded !== null) return loaded
  const path = compileAddon(cacheDir)
  try {
    loaded = createRequire(import.meta.url)(path) as Addon
  } catch (error) {
    throw new AddonUnavailable(`"${path}" does not load`, String(error))
  }
  return loaded
}

/** The addon, or null where it is not to be had. */
export function tryLoadAddon(cacheDir?: string): Addon | null {
  try {
    return loadAddon(cacheDir)
  } catch (error) {
    if (error instanceof AddonUnavailable) return null
    throw error
  }
}
