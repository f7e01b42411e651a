import type { Configuration } from '../discovery/configuration.ts'
import type { WorkerPool } from '../workers/worker-pool.ts'

/** Whether the agent can serve, and why not; `trouble` is what hinders it besides, '' for nothing. */
export function readinessOf(
  pool: Pick<WorkerPool, 'readyCount'>,
  configuration: Pick<Configuration, 'isUsable' | 'trouble'>,
  trouble: string,
): { ready: boolean; reason: string } {
  if (pool.readyCount === 0) return { ready: false, reason: 'no data-plane worker is ready' }
  if (!configuration.isUsable)
    return { ready: false, reason: `no configuration yet: ${configuration.trouble || 'waiting for the control plane'}` }
  return { ready: trouble === '', reason: trouble }
}
