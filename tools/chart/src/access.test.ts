import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { accessOf, isAllowed, type AccessRule } from '@weft/kubernetes'
import { describe, expect, test } from 'vitest'
import { accessRules, chartParts } from './parts.ts'

const root = join(import.meta.dirname, '../../..')

/** Resources that the sources of an app name by themselves, as `group plural`. */
function namedIn(folder: string): Set<string> {
  const named = new Set<string>()
  for (const file of sourcesIn(folder)) {
    for (const [, version, plural] of readFileSync(file, 'utf8').matchAll(
      /resourcePath\(\s*'([^']+)',\s*'([a-z]+)'/g,
    )) {
      named.add(`${version!.includes('/') ? version!.split('/')[0] : ''} ${plural}`)
    }
  }
  return named
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return name === 'testing' ? [] : sourcesIn(path)
    return name.endsWith('.ts') && !name.endsWith('.test.ts') ? [path] : []
  })
}

describe.each(chartParts)('$name', (part) => {
  test('names no resource in its sources that its rules do not', async () => {
    const rules = await accessRules(root, part)
    const ruled = new Set(rules.flatMap(({ group, resources }) => resources.map((plural) => `${group} ${plural}`)))

    const missing = [...namedIn(join(root, part.configFile, '..'))].filter((name) => !ruled.has(name))

    expect(missing.filter((name) => !Object.hasOwn(onMachinesOnly, name))).toEqual([])
  })

  test('has a reason for each rule, no wildcard, and no right to read every Secret', async () => {
    for (const { group, resources, verbs, names, why } of await accessRules(root, part)) {
      expect(why).not.toBe('')
      expect([group, ...resources, ...verbs].join()).not.toContain('*')
      const isAboutSecrets = group === '' && resources.includes('secrets')
      if (isAboutSecrets && verbs.join() !== 'create') expect(names, 'Secrets by name').not.toBeUndefined()
    }
  })
})

/** Addresses of Services are Kubernetes' own there. */
const onMachinesOnly: Readonly<Record<string, string>> = { ' configmaps': 'numbers of addresses' }

test.each([
  ['GET', '/api/v1/pods', {}, 'list  pods'],
  ['GET', '/api/v1/pods', { watch: true }, 'watch  pods'],
  ['GET', '/api/v1/namespaces/a/pods/b', {}, 'get  pods a b'],
  ['GET', '/api/v1/namespaces/a', {}, 'get  namespaces  a'],
  ['GET', '/api/v1/namespaces', {}, 'list  namespaces'],
  ['PATCH', '/api/v1/namespaces/a/pods/b/status', {}, 'patch  pods/status a b'],
  ['POST', '/apis/coordination.k8s.io/v1/namespaces/a/leases', {}, 'create coordination.k8s.io leases a'],
  ['PUT', '/apis/apps/v1/namespaces/a/daemonsets/b', {}, 'update apps daemonsets a b'],
  ['GET', '/apis/apps/v1/namespaces/a/daemonsets', { fieldSelector: 'metadata.name=b' }, 'list apps daemonsets a b'],
  ['GET', '/apis/apps/v1', {}, null],
  ['GET', '/readyz', {}, null],
])('%s %s %j is seen as RBAC sees it', (method, path, query, expected) => {
  const access = accessOf({ method, path, query })

  const text =
    access && `${access.verb} ${access.group} ${access.resource} ${access.namespace} ${access.name}`.trimEnd()
  expect(text).toBe(expected)
})

test('isAllowed() heeds names and places', () => {
  const rule: AccessRule = { group: '', resources: ['secrets'], verbs: ['get'], names: ['a'], scope: 'mesh', why: '' }
  const allowed = (namespace: string, name: string): boolean =>
    isAllowed([rule], { verb: 'get', group: '', resource: 'secrets', namespace, name }, 'weft-system')

  expect([allowed('weft-system', 'a'), allowed('weft-system', 'b'), allowed('default', 'a')]).toEqual([
    true,
    false,
    false,
  ])
})
