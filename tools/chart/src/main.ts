import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { generatedFiles } from './generate.ts'
import { GOLDEN, goldenText } from './golden.ts'

/** `npm run chart`: makes anew what of deploy/helm/weft follows from the apps, and then what all of it renders to. */
const root = join(import.meta.dirname, '../../..')
for (const [path, text] of await generatedFiles(root)) writeFileSync(join(root, path), text)
mkdirSync(join(root, dirname(GOLDEN)), { recursive: true })
writeFileSync(join(root, GOLDEN), goldenText(root))
