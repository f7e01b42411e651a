import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { systemClock } from '@weft/host'
import { defaultHttpLimits } from '@weft/http-limits'
import { silentLogger } from '@weft/telemetry'
import { afterEach, expect, test } from 'vitest'
import { listenMessage } from '../standalone/listening-ports.ts'
import type { ResourceUpsert } from '../worker/messages.ts'
import { DataPlaneState } from './data-plane-state.ts'
import { WorkerPool } from './worker-pool.ts'

let pool: WorkerPool | null = null
afterEach(() => pool?.stop())

function poolOf(workers: number, resources: readonly ResourceUpsert[] = []): WorkerPool {
  const options = {
    ...{ mesh: 'test', node: 'node1', trustDomain: 'cluster.local', region: '', zone: '', logLevel: 'error' as const },
    ...{ accessLog: false, connectionsMax: 10, connectionsPerCallerMax: 10, http: defaultHttpLimits, agentPorts: [] },
    supervisorPid: process.pid,
  }
  const told = { onReport: () => {}, onRefusals: () => {}, onExit: () => {} }
  const state = new DataPlaneState({ revision: 1, policyRevision: 1, all: () => resources })
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

test('workers that are left answer what comes on connections they have, accept no more, and end by themselves', async () => {
  const listener = { name: 'edge', hostname: '', tls: null, isHttp: true, hosts: [], relays: [] }
  const value = {
    name: '127.0.0.1:26411',
    host: '127.0.0.1',
    port: 26_411,
    kind: 'http' as const,
    listeners: [listener],
  }
  pool = poolOf(1, [{ kind: 'GatewayPort', name: value.name, value }])
  await pool.start()
  const [worker] = pool.pids() as [number]
  await pool.listen(listenMessage(value))
  const held = await opened(value.port)
  const ask = 'GET / HTTP/1.1\r\nHost: edge\r\n\r\n'
  held.write(ask)
  expect(String(await once(held, 'data'))).toMatch(/^HTTP\/1\.1 404 /)
  const rest = textOf(held)

  await pool.leave(10_000)
  pool.stop()
  pool.stop()
  await expect(opened(value.port)).rejects.toThrow('ECONNREFUSED')
  held.write(ask)

  expect(await rest).toMatch(/^HTTP\/1\.1 404 [^]*Connection: close/i)
  while (existsSync(`/proc/${worker}`)) await systemClock.sleepUntil(systemClock.nowMs() + 20)
}, 60_000)

async function opened(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  return socket
}

async function textOf(socket: Socket): Promise<string> {
  let text = ''
  for await (const chunk of socket) text += String(chunk)
  return text
}
