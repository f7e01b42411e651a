import { join } from 'node:path'
import { envoy } from '../peers/envoy.ts'
import { haproxy } from '../peers/haproxy.ts'
import { nginx } from '../peers/nginx.ts'
import type { Peer } from '../peers/peer.ts'
import { weft } from '../peers/weft.ts'
import type { Options } from '../setup/options.ts'
import { repositoryRoot } from '../setup/place.ts'
import { copyTree } from '../setup/tree.ts'

/** Those named, or all. What this machine does not have is told of and counted. Throws on a name that is none. */
export function choosePeers({ peers: names, tree }: Options, scratch: string, say: (line: string) => void): Peer[] {
  const others: readonly Peer[] = [envoy, nginx, haproxy]
  for (const name of names) {
    if (name !== 'weft' && !others.some((peer) => peer.name === name)) {
      throw new Error(`--peer ${JSON.stringify(name)}: expected weft, ${others.map((peer) => peer.name).join(', ')}`)
    }
  }
  const isWanted = (name: string): boolean => names.length === 0 || names.includes(name)
  const wanted = others.filter(({ name }) => isWanted(name))
  const missing = wanted.filter((peer) => peer.missing() !== '')
  for (const peer of missing) say(`without ${peer.name}: ${peer.missing()}`)
  if (missing.length > 0) say(`${missing.length} of ${wanted.length} others are not compared with`)
  return [...(isWanted('weft') ? [ours(tree, scratch)] : []), ...wanted.filter((peer) => !missing.includes(peer))]
}

function ours(what: string, scratch: string): Peer {
  const { directory, revision } = copyTree(what || repositoryRoot, join(scratch, 'tree'))
  return weft({ name: 'weft', tree: directory, revision, flags: [] })
}

/** Our own proxy twice: what is asked about first, this tree (or the second) after it. */
export function twoOfOurs({ ab, abFlags }: Options, scratch: string): Peer[] {
  return [ab[0]!, ab[1] ?? repositoryRoot].map((what, i) => {
    const side = i === 0 ? 'a' : 'b'
    const tree = copyTree(what, join(scratch, `tree-${side}`))
    const flags = (abFlags[i] ?? '').split(' ').filter((flag) => flag !== '')
    return weft({ name: `weft-${side}`, tree: tree.directory, revision: tree.revision, flags })
  })
}
