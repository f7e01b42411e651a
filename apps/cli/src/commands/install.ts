import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { choice, many, text } from '@weft/config'
import { describeError, Failure } from '@weft/faults'
import { defineCommand } from '../command-line/command.ts'
import { valueFlag } from '../command-line/flag.ts'
import type { GlobalFlags } from '../command-line/global-flags.ts'
import type { Context } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'

const CHART = join(import.meta.dirname, '../../../../deploy/helm/weft')
const RELEASE = 'weft'

export const installCommand = defineCommand({
  name: 'install',
  summary: 'Print what installs Weft on Kubernetes',
  about: [
    'For those without Helm: prints the objects of the chart deploy/helm/weft, rendered from the same templates, in the order in\nwhich to apply them. It asks no cluster. Apply them again with a newer weft to upgrade; what users have made stays.',
    'To take it out again, delete what it prints; the agents take the mesh out of their nodes as they go. With\n`--set crds.install=false` custom resource definitions, and every policy with them, stay.',
  ],
  flags: {
    set: valueFlag('KEY=VALUE', many(text('A value of the chart: `ca.replicas=3`; repeated.'), { default: [] })),
    values: valueFlag(
      'FILE',
      many(text('YAML file of values, - for standard input; repeated, later ones win.'), { default: [] }),
      'f',
    ),
    print: valueFlag(
      'WHAT',
      choice('What is printed: the objects, or the values that there are.', ['objects', 'values'], {
        default: 'objects',
      }),
    ),
  },
  operands: { usage: '', min: 0, max: 0 },
  examples: [
    'install | kubectl apply -f -',
    'install --set ca.replicas=3 | kubectl diff -f -',
    'install --print values',
    'install | kubectl delete -f -',
  ],
  async run({ flags, context }) {
    // Brings the YAML reader and the schema along, which no other command should wait for.
    const { mergeValues, parseSetValue, readChart, readYaml, renderChart, writeYaml } = await import('@weft/chart')
    const chart = readChart(CHART)
    if (flags.print === 'values') {
      context.out.write(chart.files.get('values.yaml') ?? '')
      return exitCodes.ok.code
    }
    const texts = await Promise.all(flags.values.map((path) => valuesText(path, context)))
    const fromFiles = texts.map((content, index) =>
      valuesOf(`--values ${flags.values[index]}`, () => readYaml(content)),
    )
    const withNamespace = { namespace: { create: true } }
    const values = mergeValues(withNamespace, ...fromFiles, ...flags.set.map(parseSetValue))
    const objects = renderChart(chart, { name: RELEASE, namespace: namespaceOf(flags, context) }, values)
    if (flags.output === 'json') {
      const list = { apiVersion: 'v1', kind: 'List', items: objects }
      context.out.write(`${JSON.stringify(list, null, 2)}\n`)
    } else {
      context.out.write(objects.map((object) => `---\n${writeYaml(object)}`).join(''))
    }
    return exitCodes.ok.code
  },
})

async function valuesText(path: string, context: Context): Promise<string> {
  if (path === '-') return context.readStdin()
  try {
    return readFileSync(resolve(context.cwd, path), 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new Failure('usage', `--values ${path}: found ${code}, expected a readable file`, error)
  }
}

function valuesOf(flag: string, read: () => unknown): Readonly<Record<string, unknown>> {
  let values: unknown
  try {
    values = read() ?? {}
  } catch (error) {
    throw new Failure('usage', `${flag}: ${describeError(error)}`, error)
  }
  if (typeof values === 'object' && !Array.isArray(values)) return values as Readonly<Record<string, unknown>>
  throw new Failure('usage', `${flag}: found something else, expected a map of values`)
}

/** Faults: Failure `usage` for what is no name. */
function namespaceOf({ weftNamespace }: Pick<GlobalFlags, 'weftNamespace'>, { env }: Context): string {
  const name = weftNamespace || env['WEFT_NAMESPACE'] || 'weft-system'
  if (/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name)) return name
  throw new Failure('usage', `--weft-namespace: found ${JSON.stringify(name)}, expected a name of a namespace`)
}
