import type { weft } from '@weft/proto'
import type { CheckResult } from '../machine/checks.ts'
import type { ClusterCheck } from './cluster-checks.ts'

type Status = weft.management.v1.StatusResponse

/** Checks of what agents say of their nodes, by the id of the notice. */
const checks: readonly (Omit<ClusterCheck, 'run'> & { readonly notice: string })[] = [
  {
    id: 'mesh-cni',
    severity: 'failed',
    title: 'the CNI plugin is in place on every node',
    hint: 'until it is, pods of the mesh start there before they are captured, and are refused until they are; make the folder writable',
    notice: 'cni',
  },
  {
    id: 'mesh-cni-plugins',
    severity: 'warning',
    title: 'no CNI plugin of another mesh is chained on any node',
    hint: 'give no pod to both meshes: keep weft.dev/mesh off namespaces that the other one captures',
    notice: 'cni-plugins',
  },
  {
    id: 'mesh-disk',
    severity: 'failed',
    title: 'every agent can write what it keeps for a restart',
    hint: 'traffic goes on from memory; make room on the node before the agent restarts there',
    notice: 'disk',
  },
]

export function noticeChecks(ask: () => Promise<Status>): ClusterCheck[] {
  return checks.map(({ notice, ...check }) => ({ ...check, run: async () => found(await ask(), notice) }))
}

function found({ nodes }: Status, id: string): CheckResult {
  const said = nodes.flatMap(({ name, notices }) =>
    (notices ?? []).filter((one) => one.id === id).map(({ text }) => `${name}: ${text}`),
  )
  const away = nodes.filter(({ connected }) => !connected)
  if (said.length > 0) return { ok: false, found: said.join('; ') }
  if (away.length === 0) return { ok: true, found: `${nodes.length} nodes` }
  return { ok: false, isUnknown: true, found: `no agent answers for ${away.map(({ name }) => name).join(', ')}` }
}
