import { allStrategies, scenarios, simulate, type SimulationResult } from '@weft/balancer'

const SEED = 20_261_122
/** Keys of the server, or servers, that a scenario is about. */
const ODD = ['slow', 'cold', 'failing', 'b', 'near']

/** Lines of a Markdown table: every strategy in every scenario. */
export function simulationTable(durationMs: number): string[] {
  const lines = [
    `| scenario | ${allStrategies.join(' | ')} |`,
    `| --- | ${allStrategies.map(() => '---').join(' | ')} |`,
  ]
  for (const { name, servers, ratePerSecond, options, client } of scenarios) {
    const cells = allStrategies.map((balancer) => {
      const balancing = { ...options, balancer }
      const random = generator(SEED)
      return cell(
        simulate({ servers, ratePerSecond, durationMs, warmUpMs: 5_000, balancer: balancing, client, random }),
      )
    })
    lines.push(`| ${name} | ${cells.join(' | ')} |`)
  }
  return lines
}

function cell(result: SimulationResult): string {
  const parts = [result.latencyMs(0.99).toFixed(0)]
  const failures = result.failureRatio()
  if (failures > 0) parts.push(`${percent(failures)} failed`)
  for (const key of ODD) if (result.share(key) > 0) parts.push(`${key} ${percent(result.share(key))}`)
  return parts.join(', ')
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share < 0.01 ? 2 : 1)} %`
}

/** A linear congruential generator: the same table everywhere. */
function generator(seed: number): () => number {
  let state = seed
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 0x1_0000_0000
}
