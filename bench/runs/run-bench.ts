import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { envoy } from '../peers/envoy.ts'
import { haproxy } from '../peers/haproxy.ts'
import { nginx } from '../peers/nginx.ts'
import type { Peer } from '../peers/peer.ts'
import { weft } from '../peers/weft.ts'
import { scenarioLines } from '../report/tables.ts'
import { quickScenarios, scenariosNamed } from '../scenarios/scenarios.ts'
import type { Options } from '../setup/options.ts'
import { benchCache, repositoryRoot } from '../setup/place.ts'
import { copyTree } from '../setup/tree.ts'
import { compare } from './compare.ts'
import { profile } from './profile.ts'
import { openSession } from './session.ts'

/** The work itself, with its results on the standard output. Gives the exit code. */
export async function runBench(options: Options, scratch: string): Promise<number> {
  const say = (line: string): void => void process.stderr.write(`bench: ${line}\n`)
  const peers = options.ab.length > 0 ? twoOfOurs(options, scratch) : peersOf(options, scratch, say)
  const session = await openSession(scratch, options.portBase, say)
  const chosen = options.scenarios.length > 0 ? options.scenarios : options.isQuick ? quickScenarios : ['*']
  for (const scenario of scenariosNamed(chosen)) {
    if (options.profile) {
      const directory = join(benchCache, 'profiles')
      mkdirSync(directory, { recursive: true })
      process.stdout.write(await profile(session, scenario, peers[0]!, options.seconds, directory))
      continue
    }
    const figures = await compare(session, scenario, peers, options)
    process.stdout.write(`${scenarioLines(figures).join('\n')}\n`)
  }
  return 0
}

function peersOf({ peers }: Options, scratch: string, say: (line: string) => void): Peer[] {
  const tree = copyTree(repositoryRoot, join(scratch, 'tree'))
  const all = [weft({ name: 'weft', tree: tree.directory, revision: tree.revision, flags: [] }), envoy, nginx, haproxy]
  for (const name of peers) {
    if (!all.some((peer) => peer.name === name)) {
      throw new Error(`--peer ${JSON.stringify(name)}: expected one of ${all.map((peer) => peer.name).join(', ')}`)
    }
  }
  const wanted = all.filter(({ name }) => peers.length === 0 || peers.includes(name))
  const missing = wanted.filter((peer) => peer.missing() !== '')
  for (const peer of missing) say(`without ${peer.name}: ${peer.missing()}`)
  if (missing.length > 0) say(`${missing.length} of ${wanted.length} peers are not compared with`)
  return wanted.filter((peer) => !missing.includes(peer))
}

/** Our own proxy twice: what is asked about first, this tree (or the second) after it. */
function twoOfOurs({ ab, abFlags }: Options, scratch: string): Peer[] {
  return [ab[0]!, ab[1] ?? repositoryRoot].map((what, i) => {
    const side = i === 0 ? 'a' : 'b'
    const tree = copyTree(what, join(scratch, `tree-${side}`))
    const flags = (abFlags[i] ?? '').split(' ').filter((flag) => flag !== '')
    return weft({ name: `weft-${side}`, tree: tree.directory, revision: tree.revision, flags })
  })
}
