import { duration, text } from '@weft/config'
import { Failure } from '@weft/faults'
import { defineCommand } from '../command-line/command.ts'
import { switchFlag, valueFlag } from '../command-line/flag.ts'
import { exitCodes } from '../exit-codes.ts'
import { findTarget, namespaceFor } from '../cluster/target.ts'
import { kindWords } from '../mesh/kind-words.ts'
import { withManagement } from '../mesh/management.ts'
import { printData } from '../output/print-result.ts'

export const deleteCommand = defineCommand({
  name: 'delete',
  summary: 'Delete one stored resource',
  about: ['Traffic is then treated as if the resource had never been; --wait returns when all agents do so.'],
  flags: {
    namespace: valueFlag(
      'NAME',
      text('Namespace; that of the context on a cluster, else default.', { default: '' }),
      'n',
    ),
    wait: switchFlag('Wait until all agents have it in force.'),
    timeout: valueFlag('DURATION', duration('How long --wait waits.', { default: 30_000 })),
  },
  operands: {
    usage: 'KIND NAME',
    min: 2,
    max: 2,
    words: kindWords,
  },
  examples: ['delete authorizationpolicy deny-web --wait'],
  async run({ flags, operands, context }) {
    const target = findTarget(flags, context)
    const { kindOperand } = await import('../mesh/kind-operand.ts')
    const kind = kindOperand(operands[0]!)
    const name = operands[1]!
    const namespace = await namespaceFor(target, flags.namespace, context.clock)
    return withManagement(target, context.clock, async (client) => {
      const { revision } = await client.delete({ kind, namespace, name })
      if (flags.wait) {
        const { complete } = await client.wait(
          { revision, timeoutMs: flags.timeout },
          { timeoutMs: flags.timeout + 5_000 },
        )
        if (!complete)
          throw new Failure(
            'timeout',
            `${kind}/${namespace}/${name} is deleted, but revision ${revision} is not in force on every agent`,
          )
      }
      if (!printData(context.out, flags.output, { revision, deleted: `${kind}/${namespace}/${name}` })) {
        context.out.write(`${kind}/${namespace}/${name} deleted\n`)
      }
      return exitCodes.ok.code
    })
  },
})
