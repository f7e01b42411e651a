import { text } from '@weft/config'
import { defineCommand } from '../command-line/command.ts'
import { valueFlag } from '../command-line/flag.ts'
import { exitCodes } from '../exit-codes.ts'
import { findTarget } from '../cluster/target.ts'
import { withManagement } from '../mesh/management.ts'
import { plainMessage } from '../mesh/plain-message.ts'
import { printData } from '../output/print-result.ts'

export const explainCommand = defineCommand({
  name: 'explain',
  summary: 'Tell what would happen to a call, and which rule decides',
  about: [
    'SOURCE is a service, or namespace/service, that calls; `-` is a program outside the mesh. DEST is the service called,\nwith an optional :port. The decision comes from the code that the agents run. Exit code 6: it would be refused.',
  ],
  flags: {
    method: valueFlag('METHOD', text('HTTP method.', { default: 'GET' })),
    path: valueFlag('PATH', text('Path of the request.', { default: '/' })),
  },
  operands: { usage: 'SOURCE DEST', min: 2, max: 2 },
  examples: ['explain web cart:8080', 'explain - cart', 'explain web shop/cart --method DELETE --path /items/1'],
  async run({ flags, operands, context }) {
    const target = findTarget(flags, context)
    const source = operands[0] === '-' ? '' : operands[0]!
    const request = { source, destination: operands[1]!, method: flags.method, path: flags.path }
    const answer = await withManagement(target, context.clock, (client) => client.explain(request))
    if (!printData(context.out, flags.output, plainMessage(answer))) {
      const { style } = context.out
      for (const step of answer.steps) {
        const isWarning = step.ok && step.layer === 'resources'
        const mark = isWarning ? style.dim('!') : step.ok ? style.good('✓') : style.bad('✗')
        const rule = step.rule === '' ? '' : style.dim(` [${step.rule}]`)
        context.out.write(`${mark} ${(step.layer ?? '').padEnd(9)} ${step.message}${rule}\n`)
      }
      context.out.write(answer.allowed ? `${style.good('allowed')}\n` : `${style.bad('refused')}\n`)
    }
    return answer.allowed ? exitCodes.ok.code : exitCodes.refused.code
  },
})
