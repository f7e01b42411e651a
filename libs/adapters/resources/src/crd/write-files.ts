import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crdFiles } from './crd-files.ts'

/** `npm run crds`: writes deploy/crds. A test compares. */
const folder = join(import.meta.dirname, '../../../../../deploy/crds')
mkdirSync(folder, { recursive: true })
for (const [name, text] of crdFiles()) writeFileSync(join(folder, name), text)
