import { join } from 'node:path'
import type { Layout, Peer, ProxyProcess } from './peer.ts'
import { weftResources } from './weft-resources.ts'

export interface WeftOptions {
  readonly name: string
  /** The tree that it runs from: this one, or the other of an A/B comparison. */
  readonly tree: string
  readonly revision: string
  /** More flags of `weft proxy`. */
  readonly flags: readonly string[]
}

/** `weft proxy`: the agent's data plane from a file. Its pair speaks HBONE. */
export function weft({ name, tree, revision, flags }: WeftOptions): Peer {
  const run = (layout: Layout, role: 'hop' | 'client' | 'server'): ProxyProcess => {
    const file = `weft-${role}.yaml`
    const admin = role === 'server' ? layout.innerAdminPort : layout.adminPort
    return {
      command: join(tree, 'apps/cli/bin/weft'),
      args: [
        ...['proxy', '-f', join(layout.directory, file), '--bind', '127.0.0.1'],
        ...['--workers', String(layout.workers), '--admin', String(admin), ...flags],
      ],
      files: { [file]: weftResources(layout, role) },
      port: role === 'server' ? layout.innerPort : layout.entryPort,
    }
  }
  return {
    name,
    missing: () => '',
    version: () => revision,
    note: () => '',
    processes: (layout) =>
      layout.topology === 'hop' ? [run(layout, 'hop')] : [run(layout, 'server'), run(layout, 'client')],
  }
}
