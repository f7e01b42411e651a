import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger } from '@weft/telemetry'
import { needs } from '@weft/tools/testing'
import { expect, test } from 'vitest'
import { cgroupMount, makeCgroup } from '../machine/cgroups.ts'
import { listNetns } from '../machine/ip.ts'
import { makePodNetwork, planPodNetwork } from '../machine/pod-network.ts'
import { identifyProcess } from '../machine/process-identity.ts'
import { statePaths } from '../mesh/location.ts'
import type { MeshPlan } from '../mesh/plan.ts'
import { readRunFiles, writeRunFile } from '../mesh/run-file.ts'
import { sweepRuns } from './sweep-runs.ts'

const MESH = `sweep${process.pid}`

needs(
  'root',
  'cgroup2',
  'netns',
)('what a killed run left', () => {
  test('goes in two sweeps: its processes, then the network in which callers are told of it', async () => {
    const stateDir = mkdtempSync(join(tmpdir(), 'weft-sweep-'))
    const plan = { mesh: MESH, stateDir } as MeshPlan
    mkdirSync(statePaths.runs(plan), { recursive: true })
    const cgroup = join(await cgroupMount(), `weft-${MESH}`)
    await makeCgroup(cgroup)
    const program = spawn('sleep', ['60'])
    writeFileSync(join(cgroup, 'cgroup.procs'), String(program.pid))
    const ended = new Promise((resolve) => program.once('exit', (_, signal) => resolve(signal)))
    const network = planPodNetwork(MESH, 'node1', '', 'aaaaaa', '198.18.252.1')
    await makePodNetwork(network)
    const run = { ...identifyProcess(process.pid), pid: 0x3ffffffe }
    await writeRunFile(plan, { id: 'aaaaaa', run, cgroup, network })

    await sweepRuns(plan, silentLogger)
    expect([await ended, existsSync(cgroup), (await listNetns()).includes(network.netns)]).toEqual([
      'SIGKILL',
      false,
      true,
    ])
    await sweepRuns(plan, silentLogger)

    expect((await listNetns()).includes(network.netns)).toBe(false)
    expect(readRunFiles(plan)).toEqual([])
    rmSync(stateDir, { recursive: true })
  })
})
