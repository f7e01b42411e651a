import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { mergeValues, parseSetValue, readChart, renderChart } from '@weft/chart'
import { kubernetesProgram, needs } from '@weft/tools/testing'
import { expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { CHART } from './generate.ts'

const folder = join(import.meta.dirname, '../../..', CHART)

interface Rendered {
  readonly kind: string
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> }
}

function helm(...args: string[]): string {
  const { stdout, stderr, status } = spawnSync(kubernetesProgram('helm')!, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return stdout
}

function byName(objects: readonly Rendered[]): Map<string, Rendered> {
  const objectsInstalled = objects.filter(({ metadata }) => metadata.annotations?.['helm.sh/hook'] === undefined)
  return new Map(objectsInstalled.map((object) => [`${object.kind}/${object.metadata.name}`, object]))
}

needs('helm')('the chart under Helm', () => {
  test.each([
    [[]],
    [
      [
        'namespace.create=true',
        'ca.keepRoot=true',
        'ca.replicas=1',
        'crds.install=false',
        'image.registry=registry.test/mesh',
      ],
    ],
    [
      [
        'crds.keep=false',
        'agent.settings.connectionsMax=1000000',
        'agent.settings.accessLog=true',
        'priorityClass.create=false',
      ],
    ],
    [['ca.keyEncryptionKey.file=/keys/key', 'listenHost=[::]', 'agent.appArmorProfile=', 'image.tag=v1']],
  ])('`weft install` prints what Helm installs: --set %j', (set) => {
    const flags = set.flatMap((one) => ['--set', one])
    const text = helm('template', 'weft', folder, '--namespace', 'weft-system', ...flags)
    const theirs = byName(
      parseAllDocuments(text, { version: '1.1' }).flatMap((document) => (document.toJS() as Rendered | null) ?? []),
    )

    const values = mergeValues({}, ...set.map(parseSetValue))
    const ours = byName(renderChart(readChart(folder), { name: 'weft', namespace: 'weft-system' }, values))

    // Who manages the objects is the one thing in which they differ.
    const normal = (objects: ReadonlyMap<string, Rendered>): unknown =>
      JSON.parse(
        JSON.stringify(Object.fromEntries(objects))
          .replaceAll('"managed-by":"Helm"', '')
          .replaceAll('/managed-by":"Helm"', '/managed-by":"weft"'),
      )
    expect([...ours.keys()].toSorted()).toEqual([...theirs.keys()].toSorted())
    expect(normal(ours)).toEqual(normal(theirs))
  })

  test('lints, strictly', () => {
    expect(helm('lint', '--strict', folder)).toContain('0 chart(s) failed')
  })

  test('refuses a value that the schema does not know', () => {
    expect(() => helm('template', 'weft', folder, '--set', 'agent.settings.conectionsMax=1')).toThrow(/conectionsMax/)
  })
})
