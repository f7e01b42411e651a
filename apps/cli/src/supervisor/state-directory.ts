import { createHash, randomBytes } from 'node:crypto'
import { chmod, mkdir, open, readdir, rm, rmdir, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Failure } from '@weft/faults'
import type { Clock } from '@weft/time'
import { statePaths, type MeshLocation } from '../mesh/location.ts'
import type { MeshPlan } from '../mesh/plan.ts'
import { allParts } from './part-specs.ts'

const TOKEN_LIFETIME_MS = 3_600_000

/** What a mesh keeps between two lives, and what only a running one has. */
const keptNames =
  /^(mesh\.json(\.new)?|supervisor\.lock|key-encryption-key|logs|ca|control-plane|policy|agent-node\d+)$/
const runtimeNames = /^(management\.sock|join-tokens\.json|tokens|runs|plan\.json)$/

/**
 * Before anything is written: the directory is closed to everybody else (0700) and holds keys, so it must be ours, and not
 * one that others use, such as `/tmp`. One that does not exist yet is fine.
 *
 * Faults: Failure `usage`.
 */
export async function checkStateDirectory({ stateDir }: MeshLocation, uid: number): Promise<void> {
  const found = await stat(stateDir).catch(() => null)
  if (found === null) return
  const told = `--state-dir: ${JSON.stringify(stateDir)}`
  if (!found.isDirectory()) throw new Failure('usage', `${told} is no directory: expected one, or a path that is free`)
  if (found.uid !== uid) {
    throw new Failure('usage', `${told} belongs to user ${found.uid}, who could take its keys: expected user ${uid}`)
  }
  const names = await readdir(stateDir)
  const foreign = names.find((name) => !keptNames.test(name) && !runtimeNames.test(name))
  if (foreign === undefined) return
  throw new Failure(
    'usage',
    `${told} holds ${JSON.stringify(foreign)}, which is not of a mesh: expected a directory for this mesh alone, since it is closed to others`,
  )
}

/** Makes the state directory and everything in it that parts expect: their folders, the key, fresh join tokens. */
export async function prepareStateDirectory(plan: MeshPlan, clock: Clock): Promise<void> {
  const parts = allParts(plan)
  const folders = [
    ...[plan.stateDir, statePaths.tokens(plan), statePaths.logs(plan), statePaths.runs(plan)],
    ...parts.map((part) => statePaths.part(plan, part.name)),
  ]
  for (const folder of folders) {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await chmod(folder, 0o700)
  }
  await makeKeyEncryptionKey(plan)
  await makeJoinTokens(plan, clock)
}

/** Made once: without it the CA cannot read its keys again. */
async function makeKeyEncryptionKey(plan: MeshPlan): Promise<void> {
  try {
    const file = await open(statePaths.keyEncryptionKey(plan), 'wx', 0o600)
    await file.writeFile(randomBytes(32).toString('hex') + '\n')
    await file.close()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

/** Fresh ones at each start, since a part whose certificate ran out while the mesh was down must join again. */
async function makeJoinTokens(plan: MeshPlan, clock: Clock): Promise<void> {
  const entries: { sha256: string; role: string; expiresAtMs: number }[] = []
  for (const part of allParts(plan)) {
    if (part.role === '') continue
    const token = randomBytes(32).toString('base64url')
    await writeFile(statePaths.token(plan, part.name), token, { mode: 0o600 })
    const sha256 = createHash('sha256').update(token).digest('hex')
    entries.push({ sha256, role: part.role, expiresAtMs: clock.wallMs() + TOKEN_LIFETIME_MS })
  }
  await writeFile(statePaths.joinTokens(plan), JSON.stringify(entries, null, 2) + '\n', { mode: 0o600 })
}

/** What only a running mesh needs; stored resources, keys and logs stay. */
export async function removeRuntimeState(plan: MeshPlan): Promise<void> {
  const paths = [
    statePaths.managementSocket(plan),
    statePaths.joinTokens(plan),
    statePaths.tokens(plan),
    statePaths.runs(plan),
    statePaths.planFile(plan),
    // Nothing runs any more: a mesh that comes up anew must not wait for programs to come back.
    statePaths.workloads(plan),
  ]
  for (const path of paths) await rm(path, { recursive: true, force: true })
}

/**
 * Everything that a mesh ever keeps, and the directory itself if nothing of others is in it: a state directory may have
 * been chosen badly, so only what has a name of ours is removed.
 */
export async function removeStateDirectory(plan: MeshPlan): Promise<void> {
  await removeRuntimeState(plan)
  for (const name of await readdir(plan.stateDir).catch(() => [])) {
    if (keptNames.test(name)) await rm(join(plan.stateDir, name), { recursive: true, force: true })
  }
  await rmdir(plan.stateDir).catch(() => {})
  // The folder of all meshes of this user, when this was the last one.
  if (basename(dirname(plan.stateDir)) === 'weft') await rmdir(dirname(plan.stateDir)).catch(() => {})
}
