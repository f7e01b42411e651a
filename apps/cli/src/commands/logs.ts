import { existsSync, openSync, readSync, closeSync, statSync } from 'node:fs'
import { count, nearest } from '@weft/config'
import { Failure } from '@weft/faults'
import { printable } from '@weft/terminal'
import { defineCommand } from '../command-line/command.ts'
import { switchFlag, valueFlag } from '../command-line/flag.ts'
import { exitCodes } from '../exit-codes.ts'
import { findTarget } from '../cluster/target.ts'
import { statePaths } from '../mesh/location.ts'
import { readMeshFile } from '../mesh/mesh-file.ts'
import { NODES_MAX } from '../mesh/plan.ts'

const TAIL_BYTES = 1 << 20

export const logsCommand = defineCommand({
  name: 'logs',
  summary: 'Show what the parts of a mesh logged',
  about: [
    'PART is supervisor, ca, control-plane, policy, or agent-NODE; none means all. Lines are JSON, as the parts wrote them.',
  ],
  flags: {
    lines: valueFlag('N', count('How many lines of each part.', 0, 100_000, { default: 20 })),
    follow: switchFlag('Go on with what is logged from now on.', 'f'),
  },
  operands: { usage: '[PART]', min: 0, max: 1, words: ['supervisor', 'ca', 'control-plane', 'policy', 'agent-node1'] },
  examples: ['logs agent-node1', 'logs --follow'],
  async run({ flags, operands, context }) {
    const location = findTarget(flags, context)
    if (location.cluster === true) {
      const { clusterLogs } = await import('../cluster/logs.ts')
      return clusterLogs(location, operands[0] ?? '', flags.lines, flags.follow, context)
    }
    const nodes =
      readMeshFile(location)?.plan.nodes.map((node) => node.name) ??
      Array.from({ length: NODES_MAX }, (_, i) => `node${i + 1}`)
    const known = ['supervisor', 'ca', 'control-plane', 'policy', ...nodes.map((node) => `agent-${node}`)]
    const [asked] = operands
    if (asked !== undefined && !known.includes(asked)) {
      throw new Failure(
        'usage',
        `${JSON.stringify(asked)} is not a part of mesh ${location.mesh}${nearest(asked, known)}: expected one of ${known.join(', ')}`,
      )
    }
    const parts = (asked === undefined ? known : [asked]).filter((part) => existsSync(statePaths.log(location, part)))
    if (parts.length === 0)
      throw new Failure('not_found', `no logs of mesh ${location.mesh} in ${statePaths.logs(location)}`)
    const print = (part: string, lines: readonly string[]): void => {
      const prefix = parts.length === 1 ? '' : `${part}: `
      for (const line of lines) context.out.write(`${prefix}${printable(line)}\n`)
    }
    const tails = parts.map((part) => new Tail(statePaths.log(location, part)))
    tails.forEach((tail, i) => print(parts[i]!, tail.last(flags.lines)))
    while (flags.follow) {
      await context.clock.sleepUntil(context.clock.nowMs() + 200)
      tails.forEach((tail, i) => print(parts[i]!, tail.more()))
    }
    return exitCodes.ok.code
  },
})

/** Reads a growing file by whole lines, from its end on, through its replacement by a new one. */
class Tail {
  readonly #path: string
  #offset = 0
  #rest = ''

  constructor(path: string) {
    this.#path = path
  }

  last(count: number): string[] {
    this.#offset = Math.max(0, this.#size() - TAIL_BYTES)
    const isCut = this.#offset > 0
    const lines = this.more()
    return count === 0 ? [] : lines.slice(isCut ? 1 : 0).slice(-count)
  }

  more(): string[] {
    const size = this.#size()
    if (size < this.#offset) this.#offset = 0
    const chunk = Buffer.alloc(Math.min(size - this.#offset, TAIL_BYTES))
    if (chunk.length === 0) return []
    const file = openSync(this.#path, 'r')
    const read = readSync(file, chunk, 0, chunk.length, this.#offset)
    closeSync(file)
    this.#offset += read
    const lines = (this.#rest + chunk.toString('utf8', 0, read)).split('\n')
    this.#rest = lines.pop()!
    return lines
  }

  #size(): number {
    return statSync(this.#path, { throwIfNoEntry: false })?.size ?? 0
  }
}
