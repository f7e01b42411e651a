import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { crdFiles } from './crd-files.ts'
import { customResourceDefinitions } from './custom-resource-definitions.ts'

const folder = join(import.meta.dirname, '../../../../../deploy/crds')

test('deploy/crds is what the schemas say: else `npm run crds`', () => {
  const files = crdFiles()
  expect(readdirSync(folder).toSorted()).toEqual(files.map(([name]) => name).toSorted())
  for (const [name, text] of files) expect(readFileSync(join(folder, name), 'utf8'), name).toBe(text)
})

test('customResourceDefinitions() are of our own kinds alone', () => {
  expect(customResourceDefinitions().map(({ metadata }) => metadata.name)).toEqual([
    'trafficpolicies.weft.dev',
    'authorizationpolicies.weft.dev',
  ])
})

test('customResourceDefinitions() describe every field, for kubectl explain', () => {
  const bare: string[] = []
  const visit = (schema: Record<string, unknown>, path: string): void => {
    if (schema['description'] === undefined && !path.endsWith('.metadata')) bare.push(path)
    for (const [name, part] of Object.entries((schema['properties'] ?? {}) as Record<string, object>)) {
      visit(part as Record<string, unknown>, `${path}.${name}`)
    }
    if (schema['items'] !== undefined) visit(schema['items'] as Record<string, unknown>, `${path}[]`)
  }
  for (const { metadata, spec } of customResourceDefinitions()) {
    const { versions } = spec as { versions: { schema: { openAPIV3Schema: Record<string, unknown> } }[] }
    for (const { schema } of versions) visit(schema.openAPIV3Schema, metadata.name)
  }
  expect(bare).toEqual([])
})
