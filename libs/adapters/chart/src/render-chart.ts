import { describeError, Failure } from '@weft/faults'
import { ChartFiles } from './chart-files.ts'
import type { Chart } from './chart.ts'
import { evaluate } from './evaluate.ts'
import { parseTemplate, type Node } from './syntax.ts'
import { checkValues, mergeValues } from './values.ts'
import { readDocuments } from './yaml.ts'

/** One object of the rendered chart. */
export interface Manifest {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: {
    readonly name: string
    readonly namespace?: string
    readonly annotations?: Readonly<Record<string, string>>
  }
  readonly [field: string]: unknown
}

export interface Release {
  readonly name: string
  readonly namespace: string
}

/** What must be there before what: the order in which Helm installs. Kinds that are not named come last. */
const order = [
  'PriorityClass',
  'Namespace',
  'PodDisruptionBudget',
  'ServiceAccount',
  'Secret',
  'ConfigMap',
  'CustomResourceDefinition',
  'ClusterRole',
  'ClusterRoleBinding',
  'Role',
  'RoleBinding',
  'Service',
  'DaemonSet',
  'Pod',
  'Deployment',
  'Job',
]

/**
 * The objects of a chart, in the order in which to apply them. `values` go on top of the chart's own. Hooks are left out: they are
 * Helm's to run.
 *
 * Faults: Failure `chart_values` that lists what the schema does not allow; `chart_invalid` that names template and line.
 */
export function renderChart(chart: Chart, release: Release, values: Chart['values']): Manifest[] {
  const merged = mergeValues(chart.values, values)
  checkValues(chart, merged)
  const templates = new Map<string, readonly Node[]>()
  const parsed = [...chart.files]
    .filter(([path]) => /^templates\/.*\.(yaml|tpl)$/.test(path))
    .map(([path, text]) => ({ path, ...parseTemplate(path, text) }))
  for (const { defined } of parsed) for (const [name, nodes] of defined) templates.set(name, nodes)
  const { name: Name, version: Version, appVersion: AppVersion } = chart
  const root = {
    Values: merged,
    Release: { Name: release.name, Namespace: release.namespace, Service: 'weft' },
    Chart: { Name, Version, AppVersion },
    Files: new ChartFiles(chart.files),
  }
  const manifests = parsed
    .filter(({ path }) => path.endsWith('.yaml'))
    .flatMap(({ path, nodes }) => manifestsOf(path, evaluate(nodes, root, { templates, name: path })))
    .filter(({ metadata }) => metadata.annotations?.['helm.sh/hook'] === undefined)
  return manifests.toSorted((a, b) => rank(a) - rank(b))
}

function manifestsOf(path: string, text: string): Manifest[] {
  return readDocuments(text).flatMap((document) => {
    const [error] = document.errors
    if (error !== undefined) {
      throw new Failure('chart_invalid', `Cannot read what ${path} renders to: ${describeError(error)}`, error)
    }
    const value = document.toJS() as Manifest | null
    return value === null ? [] : [value]
  })
}

function rank({ kind }: Manifest): number {
  const at = order.indexOf(kind)
  return at < 0 ? order.length : at
}
