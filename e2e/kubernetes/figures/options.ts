import { parseArgs } from 'node:util'

/** What can be measured, in this order. */
export const subjects = ['images', 'install', 'parts', 'starts', 'readiness', 'traffic'] as const
export type Subject = (typeof subjects)[number]

export const usage = `npm run bench:kubernetes -- [--only NAME]… [--rounds N] [--record] [--reuse-images] [--keep]

What the mesh takes on a real Kubernetes of two nodes (e2e/cluster), with the mesh installed by its chart. Under eight minutes.
  --only NAME      only these: ${subjects.join(', ')}
  --rounds N       rounds of the traffic's interleaved runs (3)
  --record         writes bench/results/kubernetes.md
  --reuse-images   takes the images that an earlier run made
  --keep           leaves the cluster up; the next run goes on with it
`

export interface Options {
  readonly only: readonly Subject[]
  readonly rounds: number
  readonly record: boolean
  readonly reusesImages: boolean
  readonly keep: boolean
  readonly help: boolean
}

const ROUNDS_MAX = 100

/** Reads the command line. Throws with what was found and expected. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string', multiple: true, default: [] },
      rounds: { type: 'string', default: '3' },
      record: { type: 'boolean', default: false },
      'reuse-images': { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const only = values.only.flatMap((names) => names.split(','))
  const unknown = only.find((name) => !subjects.some((subject) => subject === name))
  if (unknown !== undefined) throw new Error(`--only ${JSON.stringify(unknown)}: expected ${subjects.join(', ')}`)
  const rounds = Number(values.rounds)
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > ROUNDS_MAX)
    throw new Error(`--rounds ${JSON.stringify(values.rounds)}: expected 1 to ${ROUNDS_MAX}`)
  if (values.record && only.length > 0) throw new Error('--record: expected a whole run, without --only')
  return {
    only: only.length === 0 ? subjects : subjects.filter((subject) => only.includes(subject)),
    rounds,
    record: values.record,
    reusesImages: values['reuse-images'],
    keep: values.keep,
    help: values.help,
  }
}
