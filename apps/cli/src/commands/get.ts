import { text } from '@weft/config'
import { Failure } from '@weft/faults'
import type { Resource, RouteStatus } from '@weft/resources'
import { defineCommand } from '../command-line/command.ts'
import { switchFlag, valueFlag } from '../command-line/flag.ts'
import { exitCodes } from '../exit-codes.ts'
import { findTarget, namespaceFor } from '../cluster/target.ts'
import { isBad } from '../mesh/bad-condition.ts'
import { kindWords } from '../mesh/kind-words.ts'
import { withManagement } from '../mesh/management.ts'
import { printTable } from '../output/print-result.ts'

/** What the control plane says of a route: nothing to say, or the reasons why it does not do what it says. */
const statusColumn = {
  title: 'STATUS',
  value: (resource: Resource): string => {
    const { parents = [] } = ((resource as { status?: RouteStatus }).status ?? {}) as Partial<RouteStatus>
    const conditions = parents.flatMap((parent) => parent.conditions)
    const bad = conditions.filter(isBad)
    const reasons = [...new Set(bad.map(({ type, reason }) => (type === 'PartiallyInvalid' ? type : reason)))]
    return reasons.join(', ') || (parents.length === 0 ? '-' : 'in force')
  },
}

export const getCommand = defineCommand({
  name: 'get',
  summary: 'Show stored resources',
  about: ['-o yaml and -o json print what `weft apply` reads back.'],
  flags: {
    namespace: valueFlag(
      'NAME',
      text('Namespace; that of the context on a cluster, else default.', { default: '' }),
      'n',
    ),
    allNamespaces: switchFlag('All namespaces.', 'A'),
  },
  operands: {
    usage: 'KIND [NAME]',
    min: 1,
    max: 2,
    words: kindWords,
  },
  examples: ['get httproute', 'get authorizationpolicy web-only -n shop -o yaml'],
  async run({ flags, operands, context }) {
    const target = findTarget(flags, context)
    const { kindOperand } = await import('../mesh/kind-operand.ts')
    const { formatResources } = await import('@weft/resources')
    const kind = kindOperand(operands[0]!)
    const name = operands[1] ?? ''
    const namespace = flags.allNamespaces ? '' : await namespaceFor(target, flags.namespace, context.clock)
    const { resources } = await withManagement(target, context.clock, (client) => client.get({ kind, namespace, name }))
    const found = resources.map((each) => JSON.parse(each) as Resource)
    if (name !== '' && found.length === 0) {
      throw new Failure(
        'not_found',
        `found no ${kind} ${JSON.stringify(name)} in ${namespace === '' ? 'any namespace' : `namespace ${namespace}`}`,
      )
    }
    if (flags.output !== 'table') {
      context.out.write(formatResources(found, flags.output))
      return exitCodes.ok.code
    }
    const columns = [
      { title: 'NAMESPACE', value: ({ metadata }: Resource) => metadata.namespace },
      { title: 'NAME', value: ({ metadata }: Resource) => metadata.name },
      {
        title: 'GENERATION',
        value: ({ metadata }: Resource) => String(metadata.generation ?? '-'),
        align: 'right' as const,
      },
      ...(found.some((resource) => 'status' in resource) ? [statusColumn] : []),
      { title: 'CREATED', value: ({ metadata }: Resource) => metadata.creationTimestamp ?? '-' },
    ]
    printTable(
      context.out,
      columns,
      found,
      `no ${kind} in ${namespace === '' ? 'any namespace' : `namespace ${namespace}`}`,
    )
    return exitCodes.ok.code
  },
})
