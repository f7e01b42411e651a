import { parseArgs } from 'node:util'

export const usage = `npm run bench -- [OPTIONS]

Runs every scenario against every peer, interleaved, and reports what each spends per request.
  --scenario NAME…   only these (pair-* for several; memory, workers, endurance are scenarios too); --list tells all
  --peer NAME…       only these: weft, envoy, nginx, haproxy
  --rounds N         rounds of the interleaved run (5)
  --seconds S        length of one peer's turn (2)
  --quick            a few scenarios, short: under three minutes
  --workers N        threads or processes of every peer (1)
  --no-latency       without the open loop, which has half as many rounds
  --record           put the figures of a partial run into bench/results/ too; a whole run always does
  --tree WHAT        our proxy from a git revision or another directory (this tree as it is)
  --ab WHAT [WHAT]   our proxy alone, two of it: a git revision or a directory each; the second is this tree when left out
  --ab-flags "F" "F" more flags of \`weft proxy\` for each of the two
  --profile          our proxy alone, where its worker's time goes: top self time by function
  --endurance M      our proxy alone: memory over M million requests
  --port-base N      first of 200 ports (21000)
  --write-readme     only make the README's table from bench/results/ anew
  --list             only list the scenarios
`

export interface Options {
  readonly scenarios: readonly string[]
  readonly peers: readonly string[]
  readonly rounds: number
  readonly seconds: number
  readonly isQuick: boolean
  readonly workers: number
  readonly latencyRounds: number
  readonly record: boolean
  readonly tree: string
  readonly ab: readonly string[]
  readonly abFlags: readonly string[]
  readonly profile: boolean
  readonly enduranceMillions: number
  readonly portBase: number
  readonly writeReadme: boolean
  readonly list: boolean
  readonly help: boolean
}

const MULTIPLE = ['scenario', 'peer', 'ab', 'ab-flags']

/** Reads the command line. Throws with what was found and expected. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: repeatFlags(args),
    options: {
      scenario: { type: 'string', multiple: true, default: [] },
      peer: { type: 'string', multiple: true, default: [] },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      workers: { type: 'string', default: '1' },
      'no-latency': { type: 'boolean', default: false },
      record: { type: 'boolean', default: false },
      tree: { type: 'string', default: '' },
      ab: { type: 'string', multiple: true, default: [] },
      'ab-flags': { type: 'string', multiple: true, default: [] },
      profile: { type: 'boolean', default: false },
      endurance: { type: 'string', default: '0' },
      'port-base': { type: 'string', default: '21000' },
      'write-readme': { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const rounds = numberIn('--rounds', values.rounds ?? (values.quick ? '2' : '5'), 1, 100)
  // A round of the open loop says more than one of the closed loop: it has thousands of latencies.
  const latencyRounds = Math.ceil(rounds / 2)
  return {
    scenarios: values.scenario.flatMap((names) => names.split(',')),
    peers: values.peer.flatMap((names) => names.split(',')),
    rounds,
    seconds: numberIn('--seconds', values.seconds ?? (values.quick ? '1' : '2'), 0.5, 60),
    isQuick: values.quick,
    workers: numberIn('--workers', values.workers, 1, 64),
    latencyRounds: values['no-latency'] ? 0 : latencyRounds,
    record: values.record,
    tree: values.tree,
    ab: values.ab,
    abFlags: values['ab-flags'],
    profile: values.profile,
    enduranceMillions: numberIn('--endurance', values.endurance, 0, 1000),
    portBase: numberIn('--port-base', values['port-base'], 1024, 60_000),
    writeReadme: values['write-readme'],
    list: values.list,
    help: values.help,
  }
}

/** `--peer a b` becomes `--peer a --peer b`, which is what parseArgs knows. */
function repeatFlags(args: readonly string[]): string[] {
  let flag = ''
  return args.flatMap((arg) => {
    const before = flag
    if (arg.startsWith('--') && MULTIPLE.includes(arg.slice(2))) flag = arg
    // A value of --ab-flags begins with dashes itself, but is not a flag of ours.
    else if (arg.startsWith('-') && !(before === '--ab-flags' && arg.includes(' '))) flag = ''
    else if (before !== '') return [`${before}=${arg}`]
    return flag === arg ? [] : [arg]
  })
}

function numberIn(flag: string, text: string, low: number, high: number): number {
  const value = Number(text)
  if (text.trim() !== '' && value >= low && value <= high) return value
  throw new Error(`${flag}: found ${JSON.stringify(text)}, expected a number from ${low} to ${high}`)
}
