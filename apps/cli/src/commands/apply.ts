import { duration, many, text } from '@weft/config'
import { Failure } from '@weft/faults'
import type { weft } from '@weft/proto'
import { defineCommand } from '../command-line/command.ts'
import { switchFlag, valueFlag } from '../command-line/flag.ts'
import { exitCodes } from '../exit-codes.ts'
import { findTarget } from '../cluster/target.ts'
import { withManagement } from '../mesh/management.ts'
import { plainMessage } from '../mesh/plain-message.ts'
import { printData } from '../output/print-result.ts'

type Progress = weft.management.v1.AgentProgress

export const applyCommand = defineCommand({
  name: 'apply',
  summary: 'Check and store resources from files',
  about: [
    'All of them are stored, or none. What is wrong is reported with file, line and column before anything is sent.',
    'A reference to a service that is not there is no mistake, for services come with their first workload: it is a warning.',
    '--wait returns when every connected agent has the new revision in force, and names those that have not.',
  ],
  flags: {
    file: valueFlag('FILE', many(text('File, directory, or - for standard input; repeated.')), 'f'),
    wait: switchFlag('Wait until all agents have it in force.'),
    dryRun: switchFlag('Only check, here and at the control plane.'),
    timeout: valueFlag('DURATION', duration('How long --wait waits.', { default: 30_000 })),
  },
  operands: { usage: '', min: 0, max: 0 },
  examples: ['apply -f policy.yaml --wait', 'apply -f routes/ --dry-run', 'get httproute -o yaml | weft apply -f -'],
  async run({ flags, context }) {
    const target = findTarget(flags, context)
    // Brings the YAML reader and the schemas along, which no other command should wait for.
    const { readResources } = await import('../mesh/resource-files.ts')
    const resources = await readResources(flags.file, context)
    return withManagement(target, context.clock, async (client) => {
      const request = {
        resources: resources.map((each) => JSON.stringify(each)),
        dryRun: flags.dryRun,
        author: context.userName,
      }
      const applied = await client.apply(request)
      const wait = flags.wait && !flags.dryRun
      const waited = wait
        ? await client.wait(
            { revision: applied.revision, timeoutMs: flags.timeout },
            { timeoutMs: flags.timeout + 5_000 },
          )
        : null
      for (const { resource, warnings } of applied.results)
        for (const warning of warnings ?? []) context.err.write(`weft: warning: ${resource}: ${warning}\n`)
      const data = { ...(plainMessage(applied) as object), ...(waited === null ? {} : { wait: plainMessage(waited) }) }
      if (!printData(context.out, flags.output, data)) {
        const suffix = flags.dryRun ? ' (dry run)' : ''
        context.out.write(applied.results.map(({ resource, outcome }) => `${resource} ${outcome}${suffix}\n`).join(''))
        if (waited?.complete)
          context.out.write(
            `revision ${applied.revision} is in force on ${waited.agents.length} ${waited.agents.length === 1 ? 'agent' : 'agents'}\n`,
          )
      }
      if (waited !== null && !waited.complete) throw behind(applied.revision, waited.agents as Progress[])
      return exitCodes.ok.code
    })
  },
})

function behind(revision: number, agents: readonly Progress[]): Failure {
  const late = agents
    .filter((agent) => agent.error !== '' || agent.revision < revision || agent.policyRevision < revision)
    .map((agent) => `${agent.node} (${agent.error || `at ${agent.revision}, policy ${agent.policyRevision}`})`)
  return new Failure(
    'timeout',
    `revision ${revision} is stored, but not in force on ${late.join(', ') || 'every agent'}`,
  )
}
