import { X509Certificate } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import type { Clock } from '@weft/time'
import type { weft } from '@weft/proto'
import { statePaths } from '../mesh/location.ts'
import { withManagement } from '../mesh/management.ts'
import type { MeshFile } from '../mesh/mesh-file.ts'
import type { Check } from './checks.ts'
import { isAlive } from './process-identity.ts'

const DAY_MS = 86_400_000
const ROOT_DAYS_MIN = 30

/** Whether a running mesh is well: its processes, its agents, its workloads, its root certificate. */
export function meshChecks(file: MeshFile, clock: Clock): Check[] {
  const { plan } = file
  let status: Promise<weft.management.v1.StatusResponse> | null = null
  const ask = (): Promise<weft.management.v1.StatusResponse> =>
    (status ??= withManagement(plan, clock, (client) => client.status({})))
  const named = (names: readonly string[]): { ok: boolean; found: string } => ({
    ok: names.length === 0,
    found: names.join(', ') || 'all',
  })
  return [
    {
      id: 'mesh-parts',
      title: 'every part of the mesh runs',
      hint: 'weft logs PART tells why; the supervisor starts it again',
      run: async () =>
        named(
          file.parts
            .filter((part) => part.process === null || !isAlive(part.process))
            .map((part) => `${part.name} is down`),
        ),
    },
    {
      id: 'mesh-control-plane',
      title: 'the control plane answers',
      hint: 'weft logs control-plane; traffic goes on without it',
      run: () =>
        ask().then(
          ({ version }) => ({ ok: true, found: `version ${version}` }),
          (error: Error) => ({ ok: false, found: error.message }),
        ),
    },
    {
      id: 'mesh-agents',
      title: 'every agent is connected, with the latest revision in force',
      hint: 'weft logs agent-NODE',
      run: async () => {
        const { nodes, revision } = await ask()
        const behind = nodes.filter((node) => !node.connected || node.error !== '' || (node.revision ?? 0) < revision)
        return named(
          behind.map(
            (node) =>
              `${node.name}: ${node.connected ? node.error || `at revision ${node.revision} of ${revision}` : 'not connected'}`,
          ),
        )
      },
    },
    {
      id: 'mesh-workloads',
      title: 'every workload is enrolled',
      hint: 'weft status tells the reason; weft logs agent-NODE tells more',
      run: async () => {
        const { workloads } = await ask()
        return named(
          workloads
            .filter(({ enrolled }) => !enrolled)
            .map(({ workload, reason }) => `${workload?.uid ?? '?'}: ${reason}`),
        )
      },
    },
    {
      id: 'mesh-root',
      title: `the root certificate is good for ${ROOT_DAYS_MIN} days or more`,
      hint: 'a new root must be trusted everywhere before the old one ends',
      run: async () => checkRoot(statePaths.roots(plan), clock),
    },
  ]
}

function checkRoot(path: string, clock: Clock): { ok: boolean; found: string } {
  if (!existsSync(path)) return { ok: false, found: `no ${path}` }
  const days = (new X509Certificate(readFileSync(path)).validToDate.getTime() - clock.wallMs()) / DAY_MS
  return { ok: days >= ROOT_DAYS_MIN, found: `${Math.floor(days)} days` }
}
