import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { tmpdir } from 'node:os'
import { runToEnd } from './command.ts'
import { isAlive } from './kernel-state.ts'

const NAME = /^wt-(p([0-9a-z]{1,6})q[0-9a-f]{4})$/

/** Names of our meshes begin with our process id, so that what a killed test left can be told from what another uses. */
export function namePrefix(): string {
  return `p${process.pid.toString(36)}q`
}

/** Takes away the meshes and namespaces of test processes that are gone. */
export async function sweepDeadOwners(weftProgram: string): Promise<void> {
  for (const netns of names('/run/netns')) {
    const [, mesh, owner] = NAME.exec(netns) ?? []
    if (mesh === undefined || isAlive(Number.parseInt(owner!, 36))) continue
    const directory = names(tmpdir()).find((name) => name.startsWith(`${netns}-`))
    const place = directory === undefined ? [] : ['--state-dir', join(tmpdir(), directory, 'state')]
    const down = [weftProgram, 'down', '--purge', '--mesh', mesh, ...place]
    await runToEnd(['nsenter', `--net=/run/netns/${netns}`, '--', ...down])
    await runToEnd(['ip', 'netns', 'del', netns])
    if (directory !== undefined) rmSync(join(tmpdir(), directory), { recursive: true, force: true })
  }
}

function names(directory: string): string[] {
  try {
    return readdirSync(directory)
  } catch {
    return []
  }
}
