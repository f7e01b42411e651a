import { choice, duration, text } from '@weft/config'
import { LiveRegion } from '@weft/terminal'
import { defineCommand } from '../command-line/command.ts'
import { switchFlag, valueFlag } from '../command-line/flag.ts'
import type { OutputFormat } from '../command-line/global-flags.ts'
import type { Context, Output } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { findTarget } from '../cluster/target.ts'
import { isUnavailable, withManagement } from '../mesh/management.ts'
import { plainMessage } from '../mesh/plain-message.ts'
import { printData } from '../output/print-result.ts'
import { statTable, statViews, type StatRow, type StatView } from '../output/stat-table.ts'

export const statCommand = defineCommand({
  name: 'stat',
  summary: 'Show success, rate and latency of traffic',
  about: [
    'One row per service, workload or edge (caller and callee), measured by the agents over the window. MESH P99 is the time\nthat the mesh itself added.',
    '--watch refreshes in place on a terminal; into a pipe it writes one table, or one line of JSON, per interval.',
  ],
  flags: {
    by: valueFlag('WHAT', choice('Rows: service, workload or edge.', statViews, { default: 'service' })),
    namespace: valueFlag('NAME', text('Only this namespace. Empty: all.', { default: '' }), 'n'),
    window: valueFlag('DURATION', duration('How far back.', { default: 10_000 })),
    watch: switchFlag('Go on until interrupted.', 'w'),
    interval: valueFlag('DURATION', duration('How often --watch refreshes.', { default: 1_000 })),
  },
  operands: { usage: '', min: 0, max: 0 },
  examples: ['stat', 'stat --watch --by edge', 'stat -o json --window 60s'],
  async run({ flags, context }) {
    const target = findTarget(flags, context)
    const request = { by: flags.by, namespace: flags.namespace, windowMs: flags.window }
    await withManagement(target, context.clock, async (client) => {
      const show = watcher(context, flags.output, flags.by, flags.watch)
      for (;;) {
        try {
          show((await client.stat(request)).rows as StatRow[])
        } catch (error) {
          // A watch outlives a restart of the control plane.
          if (!flags.watch || !isUnavailable(error)) throw error
        }
        if (!flags.watch) return
        await context.clock.sleepUntil(context.clock.nowMs() + flags.interval)
      }
    })
    return exitCodes.ok.code
  },
})

function watcher(
  context: Context,
  format: OutputFormat,
  view: StatView,
  watching: boolean,
): (rows: readonly StatRow[]) => void {
  const { out } = context
  if (format === 'json' && watching) return (rows) => out.write(JSON.stringify({ rows: plainMessage(rows) }) + '\n')
  if (format !== 'table') return (rows) => void printData(out, format, { rows: plainMessage(rows) })
  if (!watching || !out.isTerminal) return (rows) => out.write(lines(view, rows, out).join('\n') + '\n')
  const region = new LiveRegion(out)
  return (rows) => region.show(lines(view, rows, out))
}

function lines(view: StatView, rows: readonly StatRow[], { style, isTerminal, columns }: Output): string[] {
  if (rows.length === 0) return ['no traffic yet']
  return statTable(view, rows, style, isTerminal ? columns : Infinity)
}
