import { systemClock } from '@weft/host'
import { defaultHttpLimits } from '@weft/http-limits'
import { silentLogger } from '@weft/telemetry'
import { afterEach, expect, test } from 'vitest'
import { DataPlaneState } from './data-plane-state.ts'
import { WorkerPool } from './worker-pool.ts'

let pool: WorkerPool | null = null
afterEach(() => pool?.stop())

function poolOf(workers: number): WorkerPool {
  const options = {
    ...{ mesh: 'test', node: 'node1', trustDomain: 'cluster.local', region: '', zone: '', logLevel: 'error' as const },
    ...{ accessLog: false, connectionsMax: 10, connectionsPerCallerMax: 10, http: defaultHttpLimits, agentPorts: [] },
    supervisorPid: process.pid,
  }
  const told = { onReport: () => {}, onRefusals: () => {}, onExit: () => {} }
  const state = new DataPlaneState({ revision: 1, policyRevision: 1, all: () => [] })
  const silenceLimits = { askEveryMs: 300, unansweredMax: 10 }
  return new WorkerPool({ workers, options, ...told, silenceLimits }, state, systemClock, silentLogger)
}

test('a worker that is stopped is ended and another takes its place; one that answers is left alone, dumps and all', async () => {
  pool = poolOf(2)
  await pool.start()
  const [stopped, running] = pool.pids() as [number, number]

  process.kill(stopped, 'SIGSTOP')
  const dumps = await pool.dump()
  expect(
    dumps.map((dump) => typeof dump),
    'of whom answers',
  ).toEqual(['undefined', 'object'])
  while (pool.pids().includes(stopped) || pool.readyCount < 2) await systemClock.sleepUntil(systemClock.nowMs() + 50)

  expect(pool.restarts).toBe(1)
  expect(pool.pids()[1]).toBe(running)
  expect((await pool.dump()).map((dump) => typeof dump)).toEqual(['object', 'object'])
}, 120_000)
