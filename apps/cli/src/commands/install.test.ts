import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { runCli } from '../app.ts'
import { fakeContext } from '../testing/fake-context.ts'

let dir: string
beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), 'weft-install-'))))
afterEach(() => rmSync(dir, { recursive: true }))

interface Printed {
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace?: string }
  readonly spec?: { readonly replicas?: number }
}

async function install(...argv: string[]): Promise<{ code: number; err: string; out: string; objects: Printed[] }> {
  const context = fakeContext()
  const code = await runCli(['install', ...argv], context)
  const { out, err } = context.printed
  const documents = code === 0 && out.startsWith('---') ? parseAllDocuments(out, { version: '1.1' }) : []
  return { code, out, err, objects: documents.map((document) => document.toJS() as Printed) }
}

const deployment = (objects: readonly Printed[], name: string): Printed | undefined =>
  objects.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === name)

test('weft install prints the namespace before what lies in it, and no hooks', async () => {
  const { objects } = await install()

  const kinds = objects.map(({ kind }) => kind)
  expect(kinds.indexOf('Namespace')).toBeLessThan(kinds.indexOf('ServiceAccount'))
  expect(kinds.indexOf('ServiceAccount')).toBeLessThan(kinds.indexOf('DaemonSet'))
  expect(kinds).not.toContain('Pod')
  expect(deployment(objects, 'weft-ca')?.metadata.namespace).toBe('weft-system')
})

test('--set wins over --values, and the last of each over those before', async () => {
  const file = join(dir, 'values.yaml')
  writeFileSync(file, 'ca: {replicas: 4}\npolicy: {replicas: 5}\n')

  const { objects } = await install('-f', file, '--set', 'ca.replicas=2', '--set', 'ca.replicas=3')

  expect(deployment(objects, 'weft-ca')?.spec?.replicas).toBe(3)
  expect(deployment(objects, 'weft-policy')?.spec?.replicas).toBe(5)
})

test('--weft-namespace says where, -o json how', async () => {
  const { out } = await install('--weft-namespace', 'mesh', '-o', 'json')

  const { kind, items } = JSON.parse(out) as { kind: string; items: Printed[] }
  expect(kind).toBe('List')
  expect(deployment(items, 'weft-ca')?.metadata.namespace).toBe('mesh')
})

test('--print values prints them with their meaning', async () => {
  expect((await install('--print', 'values')).out).toContain(
    '# How long certificates of workloads and parts are valid.',
  )
})

test.each([
  [['--set', 'ca.replica=3'], 'weft: ca: found "replica", expected a key of the chart'],
  [['--set', 'ca'], 'weft: --set: found "ca", expected key.key=value'],
  [['--values', '/none.yaml'], 'weft: --values /none.yaml: found ENOENT, expected a readable file'],
  [['--weft-namespace', 'Mesh'], 'weft: --weft-namespace: found "Mesh", expected a name of a namespace'],
])('weft install %j is refused by name', async (argv, message) => {
  const { code, out, err } = await install(...argv)

  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toContain(message)
})
