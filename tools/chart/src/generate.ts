import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { accessRules, chartParts, valueSettings, type SettingLike } from './parts.ts'
import { rolesTemplate } from './roles.ts'
import { valuesSchema } from './schema.ts'
import { settingsTemplate, valuesSection } from './settings.ts'

export const CHART = 'deploy/helm/weft'

/** What of the chart is made from the apps, by path below `root`: their settings as values, flags and schema, their access as roles. */
export async function generatedFiles(root: string): Promise<ReadonlyMap<string, string>> {
  const settings = await Promise.all(chartParts.map(async (part) => [part, await valueSettings(root, part)] as const))
  const rules = await Promise.all(chartParts.map(async (part) => [part, await accessRules(root, part)] as const))
  let values = readFileSync(join(root, CHART, 'values.yaml'), 'utf8')
  const byPath = new Map<string, SettingLike>()
  for (const [part, own] of settings) {
    values = withSection(values, part.configFile, valuesSection(own))
    for (const [name, setting] of own) byPath.set(`${part.key}.settings.${name}`, setting)
  }
  const schema = valuesSchema(parse(values) as Record<string, unknown>, byPath)
  return new Map([
    [`${CHART}/values.yaml`, values],
    [`${CHART}/values.schema.json`, JSON.stringify(schema, null, 2) + '\n'],
    [`${CHART}/templates/_settings.tpl`, settingsTemplate(settings)],
    [`${CHART}/templates/rbac.yaml`, rolesTemplate(rules)],
  ])
}

/** Replaces what stands between the marks of one file of settings. */
function withSection(values: string, configFile: string, section: string): string {
  const begin = `  # ---- made from ${configFile}; do not edit\n`
  const end = '  # ---- end\n'
  const from = values.indexOf(begin)
  const to = values.indexOf(end, from)
  if (from < 0 || to < 0) throw new Error(`${CHART}/values.yaml: found no marks for ${configFile}, expected both`)
  return values.slice(0, from + begin.length) + section + values.slice(to)
}
