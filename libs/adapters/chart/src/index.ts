// A Helm chart rendered without Helm: the part of its template language that our chart needs, and nothing that is not certain.
// Not here: the chart itself (deploy/helm/weft), hooks and releases (Helm's), talking to a cluster (adapters/kubernetes).
// Start with render-chart.ts.
export * from './chart.ts'
export * from './render-chart.ts'
export * from './values.ts'
export { readYaml, writeYaml } from './yaml.ts'
