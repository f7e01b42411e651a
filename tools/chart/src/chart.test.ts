import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { mergeValues, parseSetValue, readChart, renderChart, type Manifest } from '@weft/chart'
import { describe, expect, test } from 'vitest'
import { CHART, generatedFiles } from './generate.ts'
import { GOLDEN, goldenText } from './golden.ts'
import { chartParts, valueSettings } from './parts.ts'

const root = join(import.meta.dirname, '../../..')
const chart = readChart(join(root, CHART))

function rendered(...set: string[]): Manifest[] {
  const values = mergeValues({}, ...set.map(parseSetValue))
  return renderChart(chart, { name: 'weft', namespace: 'weft-system' }, values)
}

interface Container {
  readonly args: readonly string[]
  readonly securityContext: Record<string, unknown>
  readonly [field: string]: unknown
}

interface PodSpec {
  readonly containers: readonly [Container]
  readonly securityContext: Record<string, unknown>
  readonly [field: string]: unknown
}

function workload(kind: string, name: string, manifests = rendered()): { spec: Record<string, unknown>; pod: PodSpec } {
  const found = manifests.find((one) => one.kind === kind && one.metadata.name === name)
  const spec = found?.['spec'] as Record<string, unknown> & { template: { spec: PodSpec } }
  return { spec, pod: spec.template.spec }
}

test('the chart says what the apps say: `npm run chart` would change nothing', async () => {
  for (const [path, text] of await generatedFiles(root)) {
    expect(readFileSync(join(root, path), 'utf8'), path).toBe(text)
  }
  expect(readFileSync(join(root, GOLDEN), 'utf8'), GOLDEN).toBe(goldenText(root))
})

const replicated = ['weft-ca', 'weft-control-plane', 'weft-policy'] as const

describe.each(replicated)('%s', (name) => {
  test('runs twice, spread over nodes, restricted, and answers probes', () => {
    const { spec, pod } = workload('Deployment', name)
    const [container] = pod.containers

    expect(spec['replicas']).toBe(2)
    expect(pod['topologySpreadConstraints']).toMatchObject([{ topologyKey: 'kubernetes.io/hostname' }])
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } })
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    })
    expect(Object.keys(container)).toEqual(expect.arrayContaining(['startupProbe', 'livenessProbe', 'readinessProbe']))
    expect(pod['enableServiceLinks'], 'else variables of Services would be taken for settings').toBe(false)
  })

  test('may be interrupted one replica at a time', () => {
    const budget = rendered().find(({ kind, metadata }) => kind === 'PodDisruptionBudget' && metadata.name === name)

    expect(budget?.['spec']).toMatchObject({ maxUnavailable: 1 })
  })
})

test('the agent is root on its node with few capabilities, and not privileged', () => {
  const { pod } = workload('DaemonSet', 'weft-agent')
  const [{ securityContext }] = pod.containers

  expect(pod).toMatchObject({ hostNetwork: true, hostPID: true, dnsPolicy: 'ClusterFirstWithHostNet' })
  expect(securityContext).toMatchObject({
    privileged: false,
    readOnlyRootFilesystem: true,
    allowPrivilegeEscalation: false,
  })
  expect(securityContext['capabilities']).toMatchObject({ drop: ['ALL'], add: expect.not.arrayContaining(['ALL']) })
})

test('every setting that is a value reaches its program as a flag', async () => {
  for (const part of chartParts) {
    const kind = part.key === 'agent' ? 'DaemonSet' : 'Deployment'
    const { args } = workload(kind, part.name).pod.containers[0]
    for (const [name, { repeated, defaultText }] of await valueSettings(root, part)) {
      const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}=`
      if (repeated !== true && defaultText !== '') expect(args.join(' '), part.name).toContain(flag)
    }
  }
})

test('numbers stay numbers, however large', () => {
  const { pod } = workload('DaemonSet', 'weft-agent', rendered('agent.settings.connectionsMax=1000000'))

  expect(pod.containers[0].args).toContain('--connections-max=1000000')
})

test.each([
  ['ca.replicas=0', /ca.replicas: must be >= 1/],
  ['agent.settings.conectionsMax=1', /agent.settings: found "conectionsMax", expected a key of the chart/],
  ['ca.settings.svidLifetime=1day', /ca.settings.svidLifetime: must match pattern/],
  ['logLevel=loud', /logLevel: .*debug, info, warn, error/],
])('%s is refused by name', (set, message) => {
  expect(() => rendered(set)).toThrow(message)
})

test('custom resource definitions stay or go as the user chooses', () => {
  const kept = (set: string[]): unknown[] =>
    rendered(...set)
      .filter(({ kind }) => kind === 'CustomResourceDefinition')
      .map(({ metadata }) => metadata.annotations?.['helm.sh/resource-policy'])

  expect(new Set(kept([]))).toEqual(new Set(['keep']))
  expect(new Set(kept(['crds.keep=false']))).toEqual(new Set([undefined]))
  expect(kept(['crds.install=false'])).toEqual([])
})
