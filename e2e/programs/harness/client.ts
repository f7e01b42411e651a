import { layout } from './layout.ts'
import { runToEnd, weftCommand, type Ended, type SpawnOptions } from './weft.ts'

/** Runs a program to its end as service `client`, by `weft run` unless there is no mesh. */
export function runClient(command: readonly string[], options: SpawnOptions = {}): Promise<Ended> {
  if (layout.nodes === 0) return runToEnd(command, options)
  const network = layout.ownNetwork ? ['--own-network'] : []
  const words = weftCommand('run', '--service', 'client', '--node', layout.clientNode, ...network, '--', ...command)
  return runToEnd(words, options)
}

/** The name under which a client finds a service. */
export function hostOf(service: string): string {
  return layout.nodes === 0 ? 'localhost' : service
}
