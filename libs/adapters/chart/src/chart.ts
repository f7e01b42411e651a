import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { Failure } from '@weft/faults'
import { readYaml } from './yaml.ts'

/** A chart as it lies in a folder. */
export interface Chart {
  readonly name: string
  readonly version: string
  readonly appVersion: string
  readonly values: Readonly<Record<string, unknown>>
  readonly schema: Readonly<Record<string, unknown>>
  /** By path in the chart: templates, and files that they read. */
  readonly files: ReadonlyMap<string, string>
}

/** Reads a chart. Faults: Failure `chart_invalid` when it is none. */
export function readChart(folder: string): Chart {
  let files: ReadonlyMap<string, string>
  try {
    files = new Map(filesIn(folder).map((path) => [relative(folder, path), readFileSync(path, 'utf8')]))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new Failure('chart_invalid', `Cannot read the chart in ${folder}: found ${code}, expected a folder`, error)
  }
  const { name, version, appVersion } = readYaml(files.get('Chart.yaml') ?? '{}') as Record<string, string | undefined>
  if (name === undefined || version === undefined || appVersion === undefined) {
    throw new Failure('chart_invalid', `Cannot read the chart in ${folder}: expected Chart.yaml with name and versions`)
  }
  const values = readYaml(files.get('values.yaml') ?? '{}') as Chart['values']
  const schema = JSON.parse(files.get('values.schema.json') ?? '{}') as Chart['schema']
  return { name, version, appVersion, values, schema, files }
}

/** Files below a folder; links to folders are followed, as Helm does. */
function filesIn(folder: string): string[] {
  return readdirSync(folder)
    .toSorted()
    .flatMap((name) => {
      const path = join(folder, name)
      return statSync(path).isDirectory() ? filesIn(path) : [path]
    })
}
