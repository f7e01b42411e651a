import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Problem, Tree } from '../tree.ts'

const FILE = 'docs/config.md'
const CONFIG = /^apps\/([^/]+)\/src\/config\.ts$/

/** What a table of @weft/config looks like from outside. Tidy imports no library, since libraries' tests import tools. */
interface SettingLike {
  readonly doc: string
  readonly defaultText: string | null
  readonly expected: string
  readonly secret?: boolean
  readonly repeated?: boolean
}
type TableLike = Readonly<Record<string, SettingLike>>

/** docs/config.md is made from the apps' tables of settings. With `write` it is made anew, else only compared. */
export async function checkConfigDocs(tree: Tree, write: boolean): Promise<Problem[]> {
  const sections: string[] = []
  for (const file of tree.files) {
    const app = CONFIG.exec(file)?.[1]
    if (app === undefined) continue
    const module = (await import(pathToFileURL(join(tree.root, file)).href)) as Record<string, unknown>
    const table = Object.entries(module).find(([name]) => name.endsWith('Settings'))?.[1]
    if (table === undefined) return [{ file, line: 0, message: 'expected an export that ends in "Settings"' }]
    sections.push(describeApp(app, table as TableLike))
  }
  const wanted = [INTRODUCTION, ...sections].join('\n')
  const path = join(tree.root, FILE)
  if (write) writeFileSync(path, wanted)
  else if (!tree.files.includes(FILE) || readFileSync(path, 'utf8') !== wanted) {
    return [{ file: FILE, line: 0, message: "is not what the apps' settings say: run 'npm run tidy -- --write'" }]
  }
  return []
}

const INTRODUCTION = `# Settings

Made from the tables in \`apps/*/src/config.ts\` by \`npm run tidy -- --write\`; do not edit.

Each setting is a flag or a variable of the environment; the flag wins. Settings are read once, at start: a change needs a
restart. What may change while the mesh runs is a resource instead (\`weft apply\`). An unknown flag or variable with the
prefix is refused. A repeated setting is given once per value as a flag, or separated by commas in the environment.
`

export function describeApp(app: string, table: TableLike): string {
  const prefix = `WEFT_${app.replaceAll('-', '_').toUpperCase()}`
  const rows = Object.entries(table).map(([key, setting]) => {
    const flag = `--${kebab(key)}`
    const env = `${prefix}_${kebab(key).replaceAll('-', '_').toUpperCase()}`
    const marks = [setting.repeated ? 'Repeated.' : '', setting.secret ? 'Secret.' : ''].filter((mark) => mark !== '')
    const doc = [
      setting.doc,
      ...marks.filter((mark) => !setting.doc.toLowerCase().includes(mark.slice(0, -1).toLowerCase())),
    ].join(' ')
    return `| \`${flag}\` | \`${env}\` | ${defaultOf(setting)} | ${cell(setting.expected)} | ${cell(doc)} |`
  })
  const head = ['| flag | environment | default | expected | meaning |', '| --- | --- | --- | --- | --- |']
  return [`## ${app}`, '', ...head, ...rows, ''].join('\n')
}

function defaultOf(setting: SettingLike): string {
  if (setting.defaultText === null) return 'required'
  return setting.defaultText === '' ? 'empty' : `\`${setting.defaultText}\``
}

function kebab(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}
