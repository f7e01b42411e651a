import { defineCommand } from '../command-line/command.ts'
import { switchFlag } from '../command-line/flag.ts'
import { exitCodes } from '../exit-codes.ts'
import { cgroupMount } from '../machine/cgroups.ts'
import { isAlive, signalProcess } from '../machine/process-identity.ts'
import { refuseCluster } from '../cluster/target.ts'
import { locateMesh } from '../mesh/location.ts'
import { readMeshFile } from '../mesh/mesh-file.ts'
import { NODES_MAX, planMesh } from '../mesh/plan.ts'
import { removeLeftovers } from '../supervisor/leftovers.ts'
import { removeStateDirectory } from '../supervisor/state-directory.ts'

/** Programs, parts and kernel state each have their own deadline in the supervisor; this is above their sum. */
const DOWN_TIMEOUT_MS = 45_000

export const downCommand = defineCommand({
  name: 'down',
  summary: 'Take a mesh down and remove all it made on the machine',
  about: [
    'Ends the programs in the mesh, then drains and ends its parts, in order, and returns when no process, cgroup, network\nnamespace, link, route or BPF program of it is left. Also cleans up after a mesh that was killed.',
    'Applied resources, keys and logs stay for the next `weft up`; --purge removes them too.',
  ],
  flags: { purge: switchFlag('Also remove the state directory: resources, keys, logs.') },
  operands: { usage: '', min: 0, max: 0 },
  examples: ['down', 'down --purge'],
  async run({ flags, context }) {
    refuseCluster('down', flags)
    const location = locateMesh(flags, context)
    const file = readMeshFile(location)
    const wasRunning = file !== null && isAlive(file.supervisor)
    if (wasRunning) {
      signalProcess(file.supervisor, 'SIGTERM')
      const deadlineMs = context.clock.nowMs() + DOWN_TIMEOUT_MS
      while (isAlive(file.supervisor)) {
        if (context.clock.nowMs() > deadlineMs) signalProcess(file.supervisor, 'SIGKILL')
        await context.clock.sleepUntil(context.clock.nowMs() + 20)
      }
    }
    // Found by name, so that a mesh whose state directory was removed by hand is cleaned up as well.
    const settings = {
      nodes: NODES_MAX,
      trustDomain: '',
      capture: 'ebpf',
      workers: 0,
      serviceRange4: '',
      serviceRange6: '',
      networkRange: '198.18.0.0/16',
      dnsUpstream: [],
      portBase: 15_000,
      ephemeral: false,
    } as const
    const plan =
      file?.plan ??
      planMesh(location, context.isRoot ? settings : { ...settings, capture: 'proxy' }, '', await cgroupMount())
    await removeLeftovers(plan, context.clock)
    if (flags.purge || plan.settings.ephemeral) await removeStateDirectory(plan)
    const what = wasRunning ? 'is down' : file === null ? 'was not running' : 'had been killed; what it left is removed'
    context.out.write(`mesh ${location.mesh} ${what}\n`)
    return exitCodes.ok.code
  },
})
