import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generatedFiles } from './generate.ts'

/** `npm run chart`: makes anew what of deploy/helm/weft follows from the apps. */
const root = join(import.meta.dirname, '../../..')
for (const [path, text] of await generatedFiles(root)) writeFileSync(join(root, path), text)
