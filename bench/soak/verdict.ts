import type { Ending } from './clients.ts'
import type { Sample } from './watch.ts'

export interface Done {
  readonly kind: string
  readonly ending: Ending
  readonly startedAtMs: number
  readonly endedAtMs: number
}

export interface Evidence {
  readonly operations: readonly Done[]
  /** When something was killed. */
  readonly killsAtMs: readonly number[]
  /** From here on nothing was killed, and a while after the last kill has passed. */
  readonly calmFromMs: number
  readonly calmToMs: number
  /** Of the workers, in the calm part. */
  readonly samples: readonly Sample[]
  /** Connections of clients, and to raw origins, that are open after all clients have gone. */
  readonly leftOpen: number
  readonly exitCodes: readonly (number | null)[]
}

export interface Verdict {
  readonly problems: readonly string[]
  readonly counts: Readonly<Record<string, number>>
}

/** Runs shorter than this have no plateau yet. */
const PLATEAU_MS = 240_000
const OPERATIONS_MIN = 100

/** What the evidence says; empty problems: nothing lost, nothing stuck, nothing kept. */
export function judge(evidence: Evidence): Verdict {
  const problems: string[] = []
  const counts: Record<string, number> = {}
  const examples: Record<string, string> = {}
  for (const done of evidence.operations) {
    counts[done.ending] = (counts[done.ending] ?? 0) + 1
    const problem = problemOf(done, evidence)
    if (problem === null) continue
    counts[problem] = (counts[problem] ?? 0) + 1
    examples[problem] ??= exampleOf(done, evidence)
  }
  for (const [problem, example] of Object.entries(examples))
    problems.push(`${counts[problem]} operations ${problem} (the first: ${example})`)
  if ((counts['whole'] ?? 0) < OPERATIONS_MIN)
    problems.push(`${counts['whole'] ?? 0} whole operations prove nothing: expected ${OPERATIONS_MIN}`)
  problems.push(...leaksOf(evidence))
  if (evidence.leftOpen > 0) problems.push(`${evidence.leftOpen} connections stayed open after their clients had gone`)
  for (const code of evidence.exitCodes) if (code !== 0) problems.push(`a proxy ended with ${code}: expected 0`)
  return { problems, counts }
}

function exampleOf({ kind, startedAtMs, endedAtMs }: Done, { killsAtMs }: Evidence): string {
  const took = `${kind}, ${Math.round(endedAtMs - startedAtMs)} ms`
  const lastKillAtMs = killsAtMs.findLast((atMs) => atMs <= startedAtMs)
  const nextKillAtMs = killsAtMs.find((atMs) => atMs > startedAtMs && atMs <= endedAtMs)
  if (nextKillAtMs !== undefined)
    return `${took}, ${Math.round(nextKillAtMs - startedAtMs)} ms before something was killed`
  return lastKillAtMs === undefined ? took : `${took}, ${Math.round(startedAtMs - lastKillAtMs)} ms after a kill`
}

function problemOf(done: Done, { killsAtMs, calmFromMs, calmToMs }: Evidence): string | null {
  if (done.ending === 'changed') return 'with changed octets'
  if (done.ending === 'stuck') return 'that never ended'
  // A process that is killed closes its connections in order: nobody can tell, unless the protocol says how much should come.
  const wasKilled = killsAtMs.some((atMs) => atMs >= done.startedAtMs - 100 && atMs <= done.endedAtMs)
  if (done.ending === 'short' && !wasKilled) return 'cut short in silence'
  const isCalm = done.startedAtMs >= calmFromMs && done.endedAtMs <= calmToMs
  return done.ending === 'told' && isCalm ? 'that failed though nothing was killed' : null
}

function leaksOf({ samples, calmFromMs, calmToMs }: Evidence): string[] {
  const problems: string[] = []
  const byPid = Map.groupBy(samples, ({ pid }) => pid)
  for (const [pid, own] of byPid) {
    if (own.length < 6) continue
    const third = Math.floor(own.length / 3)
    const early = own.slice(0, third)
    const late = own.slice(-third)
    const isLong = calmToMs - calmFromMs >= PLATEAU_MS
    const rss = (part: Sample[]): number => median(part.map(({ rssBytes }) => rssBytes))
    const descriptors = (part: Sample[]): number => median(part.map((sample) => sample.descriptors))
    const rssMax = isLong ? rss(early) * 1.05 + (4 << 20) : rss(early) * 1.3 + (48 << 20)
    if (rss(late) > rssMax) problems.push(`worker ${pid} grew from ${mebi(rss(early))} to ${mebi(rss(late))} MiB`)
    if (descriptors(late) > descriptors(early) * 1.5 + 32)
      problems.push(`worker ${pid} went from ${descriptors(early)} to ${descriptors(late)} descriptors`)
  }
  if (byPid.size === 0) problems.push('no worker was looked at')
  return problems
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

function mebi(bytes: number): number {
  return Math.round(bytes / (1 << 20))
}
