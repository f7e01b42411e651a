import { homedir } from 'node:os'
import { join } from 'node:path'

export const repositoryRoot = join(import.meta.dirname, '../../..')

/** Images of this suite, made again where they are absent or their sources changed. */
export const imagesDir = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'weft/kubernetes/images')

/** Tag of what this tree makes, which never meets an image of a release. */
export const TAG = 'e2e'
