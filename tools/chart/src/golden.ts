import { join } from 'node:path'
import { readChart, renderChart, writeYaml } from '@weft/chart'
import { CHART } from './generate.ts'

export const GOLDEN = 'tools/chart/golden/default.yaml'

/** What the chart installs by default, for those who review a change of it. Custom resource definitions have files of their own. */
export function goldenText(root: string): string {
  const release = { name: 'weft', namespace: 'weft-system' }
  const objects = renderChart(readChart(join(root, CHART)), release, { crds: { install: false } })
  const head = '# Made from deploy/helm/weft by `npm run chart`; do not edit.\n'
  return head + objects.map((object) => `---\n${writeYaml(object)}`).join('')
}
