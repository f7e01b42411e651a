import { allStrategies, Balancer, hashText, PickContext } from '@weft/balancer'
import { systemRandom } from '@weft/host'

const SIZES = [10, 1_000, 10_000]
/** Endpoints are well mixed in memory and in load, as they are after a while. */
const IN_FLIGHT = 3

/** Lines of a Markdown table: CPU per pick, every strategy at every size, taking turns so that noise meets all alike. */
export function pickTable(picks: number): string[] {
  const lines = [`| strategy | ${SIZES.join(' | ')} |`, `| --- | ${SIZES.map(() => '---:').join(' | ')} |`]
  for (const balancer of allStrategies) {
    const cells = SIZES.map((size) => nanosecondsPerPick(balancer, size, picks).toFixed(0))
    lines.push(`| ${balancer} | ${cells.join(' | ')} |`)
  }
  return lines
}

function nanosecondsPerPick(type: (typeof allStrategies)[number], size: number, picks: number): number {
  const balancer = new Balancer<null>({ balancer: type }, systemRandom)
  balancer.update(
    Array.from({ length: size }, (_, i) => ({ key: `10.0.${i >> 8}.${i & 255}:80`, weight: 1, target: null })),
  )
  let nowMs = 0
  for (const state of balancer.states()) {
    for (let i = 0; i < 1 + Math.floor(systemRandom() * IN_FLIGHT); i++) balancer.started(state, nowMs)
    balancer.finished(state, ++nowMs, 5 * systemRandom(), true)
  }
  const context = new PickContext<null>()
  const hashes = Int32Array.from({ length: 1024 }, (_, i) => hashText(`user-${i}`))
  const run = (count: number): void => {
    context.nowMs = nowMs + 0.5
    for (let i = 0; i < count; i++) {
      context.hash = hashes[i & 1023]!
      balancer.pick(context)
    }
  }
  run(picks >> 2)
  const rounds = [0, 1, 2].map(() => {
    const before = process.cpuUsage()
    run(picks)
    return (process.cpuUsage(before).user * 1000) / picks
  })
  return Math.min(...rounds)
}
