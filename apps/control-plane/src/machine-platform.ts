import { chmodSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Failure } from '@weft/faults'
import { systemRandom } from '@weft/host'
import { component } from '@weft/lifecycle'
import { fileAttestation } from '@weft/rpc'
import type { Logger } from '@weft/telemetry'
import type { Clock } from '@weft/time'
import type { ControlPlaneConfig } from './config.ts'
import type { Platform } from './platform.ts'
import { WorkloadFile } from './registry/workload-file.ts'
import { WorkloadRegistry } from './registry/workload-registry.ts'
import type { Replicas } from './replicas/replica-followers.ts'
import { SqliteStore } from './store/sqlite-store.ts'

/** One machine: resources in a file, programs that register, commands by a socket. Faults: Failure `config`. */
export function machinePlatform(config: ControlPlaneConfig, clock: Clock, log: Logger): Platform {
  const { stateDir, node, managementSocket } = config
  if (managementSocket === '') throw missing('management-socket', 'a path')
  if (node.length === 0) throw missing('node', 'one node or more')
  const store = new SqliteStore(join(stateDir, 'store.sqlite'), clock)
  const inventory = new WorkloadRegistry(node, systemRandom)
  const file = new WorkloadFile(join(stateDir, 'workloads.json'), inventory, clock, log.child('workloads'))
  return {
    store,
    inventory,
    replicas: noReplicas,
    attestation: fileAttestation(config),
    paceMs: 0,
    managementListen: `unix:${managementSocket}`,
    sources: [
      component({ stop: () => store.close() }),
      component({ start: () => file.start(), stop: () => file.stop() }),
      component({ start: () => privateDirectory(dirname(managementSocket)) }),
    ],
    followers: () => [],
  }
}

/** A machine has one control plane. */
const noReplicas: Replicas = { addresses: () => [], onChange: () => () => {} }

function missing(flag: string, expected: string): Failure {
  return new Failure('config', `--${flag} is missing: expected ${expected} with --platform machine`)
}

/** Only its owner may reach the sockets in it. */
function privateDirectory(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  chmodSync(path, 0o700)
}
