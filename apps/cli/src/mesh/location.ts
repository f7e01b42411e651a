import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { Failure } from '@weft/faults'
import { isMeshName } from '../command-line/global-flags.ts'
import type { Context } from '../context.ts'

/** Where everything of one mesh on this machine lies. */
export interface MeshLocation {
  readonly mesh: string
  readonly stateDir: string
}

/** Flags win over WEFT_MESH and WEFT_STATE_DIR, which win over `default` and the usual place for state. */
export function locateMesh(
  flags: { readonly mesh: string; readonly stateDir: string },
  context: Context,
): MeshLocation {
  const mesh = flags.mesh || context.env['WEFT_MESH'] || 'default'
  if (!isMeshName(mesh)) {
    const found = JSON.stringify(mesh)
    throw new Failure(
      'usage',
      `WEFT_MESH: found ${found}, expected 1 to 16 lower-case letters and digits that begin with a letter`,
    )
  }
  const given = flags.stateDir || context.env['WEFT_STATE_DIR']
  if (given) return { mesh, stateDir: resolve(context.cwd, given) }
  const base = context.isRoot
    ? '/var/lib'
    : (context.env['XDG_STATE_HOME'] ?? join(context.env['HOME'] ?? homedir(), '.local/state'))
  return { mesh, stateDir: join(base, 'weft', mesh) }
}

/** Paths in the state directory; every part of the CLI takes them from here. */
export const statePaths = {
  meshFile: (location: MeshLocation) => join(location.stateDir, 'mesh.json'),
  planFile: (location: MeshLocation) => join(location.stateDir, 'plan.json'),
  managementSocket: (location: MeshLocation) => join(location.stateDir, 'management.sock'),
  part: (location: MeshLocation, part: string) => join(location.stateDir, part),
  roots: (location: MeshLocation) => join(location.stateDir, 'ca', 'roots.pem'),
  joinTokens: (location: MeshLocation) => join(location.stateDir, 'join-tokens.json'),
  keyEncryptionKey: (location: MeshLocation) => join(location.stateDir, 'key-encryption-key'),
  tokens: (location: MeshLocation) => join(location.stateDir, 'tokens'),
  token: (location: MeshLocation, part: string) => join(location.stateDir, 'tokens', part),
  logs: (location: MeshLocation) => join(location.stateDir, 'logs'),
  log: (location: MeshLocation, part: string) => join(location.stateDir, 'logs', `${part}.log`),
  workloads: (location: MeshLocation) => join(location.stateDir, 'control-plane', 'workloads.json'),
  runs: (location: MeshLocation) => join(location.stateDir, 'runs'),
} as const

/** Unix socket paths end at 107 octets; the kernel's own message for a longer one says nothing. */
export function checkSocketPath(location: MeshLocation): void {
  const path = statePaths.managementSocket(location)
  if (Buffer.byteLength(path) > 107) {
    throw new Failure(
      'usage',
      `--state-dir: ${JSON.stringify(path)} is too long for a unix socket: expected at most 107 octets`,
    )
  }
}
