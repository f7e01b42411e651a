import { address, choice, count, many, text, type Setting } from '@weft/config'
import { Failure } from '@weft/faults'
import { defineCommand } from '../command-line/command.ts'
import { switchFlag, valueFlag, type FlagsOf } from '../command-line/flag.ts'
import type { Context } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { cgroupMount } from '../machine/cgroups.ts'
import { captureChecks, firstFailing } from '../machine/checks.ts'
import { isAlive } from '../machine/process-identity.ts'
import { refuseCluster } from '../cluster/target.ts'
import { checkSocketPath, locateMesh, type MeshLocation } from '../mesh/location.ts'
import { readMeshFile, type MeshFile } from '../mesh/mesh-file.ts'
import { isNetworkRange, NODES_MAX, planMesh, type MeshPlan, type MeshSettings } from '../mesh/plan.ts'
import { startDetached } from '../supervisor/start-detached.ts'
import { checkStateDirectory } from '../supervisor/state-directory.ts'

const flags = {
  nodes: valueFlag(
    'N',
    count('Nodes; those past the first are network namespaces of this machine.', 1, NODES_MAX, { default: 1 }),
  ),
  ephemeral: switchFlag('Keep nothing: resources, keys and logs go away with the mesh.'),
  foreground: switchFlag('Stay, and take the mesh down at the end.'),
  capture: valueFlag(
    'MODE',
    choice(
      'How traffic is captured: ebpf, proxy (explicit, no root), or auto: eBPF where it works.',
      ['auto', 'ebpf', 'proxy'],
      { default: 'auto' },
    ),
  ),
  trustDomain: valueFlag('NAME', text('SPIFFE trust domain of all identities.', { default: 'cluster.local' })),
  workers: valueFlag(
    'N',
    count('Data-plane processes per node; 0 is one per core, two at most.', 0, 64, { default: 0 }),
  ),
  serviceRange4: valueFlag('CIDR', text('Range of IPv4 addresses of services.', { default: '198.19.0.0/16' })),
  serviceRange6: valueFlag('CIDR', text('Range of IPv6 addresses of services.', { default: 'fd77:6566:7400::/64' })),
  networkRange: valueFlag(
    'CIDR',
    networkRange(
      'Range of IPv4 addresses of nodes and workloads. Empty: 198.18.0.0/16; 127.66.0.0/16 without capture.',
    ),
  ),
  dnsUpstream: valueFlag(
    'ADDRESS',
    many(address('Resolver for names outside the mesh, ADDRESS:PORT; repeated. None: those of /etc/resolv.conf.'), {
      default: [],
    }),
  ),
  portBase: valueFlag(
    'N',
    count('Ports of the parts are counted from here; another one lets a second mesh run.', 1024, 60_000, {
      default: 15_000,
    }),
  ),
} as const

export const upCommand = defineCommand({
  name: 'up',
  summary: 'Start a mesh on this machine',
  about: [
    'Starts CA, control plane, policy service and one agent per node as processes of their own, and returns when all are\nready. A supervisor stays and starts again what dies. As root on a capable kernel traffic is captured by eBPF;\notherwise programs reach the mesh through an explicit proxy, and the first line says why.',
    'On a mesh that runs already with the same settings it does nothing.',
  ],
  flags,
  operands: { usage: '', min: 0, max: 0 },
  examples: ['up', 'up --nodes 2', 'up --foreground --ephemeral --mesh try'],
  async run({ flags, context }) {
    refuseCluster('up', flags)
    const location = locateMesh(flags, context)
    checkSocketPath(location)
    const { settings, captureReason } = await settle(flags)
    if (tellIfRunning(location, settings, context)) return exitCodes.ok.code
    await checkStateDirectory(location, process.getuid!())
    const plan = planMesh(location, settings, captureReason, await cgroupMount(), readers(context))
    if (settings.capture === 'proxy') context.err.write(`weft: explicit proxy instead of eBPF: ${captureReason}\n`)
    if (flags.foreground) {
      // Brings gRPC along, which no other command should wait for.
      const { startForeground } = await import('../supervisor/start-foreground.ts')
      return startForeground(plan, context, () => describeUp(plan, context))
    }
    await startDetached(plan, context)
    describeUp(plan, context)
    return exitCodes.ok.code
  },
})

/** Flags with `auto` decided by what this machine can. */
async function settle(given: FlagsOf<typeof flags>): Promise<{ settings: MeshSettings; captureReason: string }> {
  const { nodes, trustDomain, workers, serviceRange4, serviceRange6, dnsUpstream, portBase, ephemeral } = given
  if (!/^[a-z0-9._-]{1,255}$/.test(trustDomain)) {
    throw new Failure(
      'usage',
      `--trust-domain: found ${JSON.stringify(trustDomain)}, expected lower-case letters, digits, ".", "-" and "_"`,
    )
  }
  const failing = given.capture === 'proxy' ? null : await firstFailing(captureChecks)
  const reason = failing === null ? '--capture proxy' : `expected that ${failing.check.title}; found ${failing.found}`
  if (given.capture === 'ebpf' && failing !== null) {
    throw new Failure('refused', `cannot capture by eBPF: ${reason}; ${failing.check.hint}`)
  }
  const capture = given.capture === 'proxy' || failing !== null ? 'proxy' : 'ebpf'
  const networkRange = given.networkRange || (capture === 'ebpf' ? '198.18.0.0/16' : '127.66.0.0/16')
  return {
    settings: {
      nodes,
      trustDomain,
      capture,
      workers,
      serviceRange4,
      serviceRange6,
      networkRange,
      dnsUpstream,
      portBase,
      ephemeral,
    },
    captureReason: capture === 'ebpf' ? '' : reason,
  }
}

/** Faults: Failure `conflict` when it runs with other settings, or is just starting or ending. */
function tellIfRunning(location: MeshLocation, settings: MeshSettings, context: Context): boolean {
  const file = readMeshFile(location)
  if (file === null || !isAlive(file.supervisor)) return false
  if (file.state !== 'running') {
    throw new Failure('conflict', `mesh ${location.mesh} is ${file.state}: expected it to be running, or gone`)
  }
  const different = differences(file, settings)
  if (different.length > 0) {
    throw new Failure(
      'conflict',
      `mesh ${location.mesh} runs with other settings: ${different.join(', ')}; take it down first (weft down)`,
    )
  }
  context.out.write(`mesh ${location.mesh} is up already (supervisor ${file.supervisor.pid})\n`)
  return true
}

function differences(file: MeshFile, settings: MeshSettings): string[] {
  const running = file.plan.settings
  return (Object.keys(settings) as (keyof MeshSettings)[])
    .filter((key) => JSON.stringify(running[key]) !== JSON.stringify(settings[key]))
    .map((key) => `${key} is ${running[key]}, asked for ${settings[key]}`)
}

/** Who became root by sudo is the owner too: their browser is not root's. */
function readers(context: Context): number[] {
  const user = context.isRoot ? Number(context.env['SUDO_UID']) : Number.NaN
  return Number.isSafeInteger(user) && user > 0 ? [user] : []
}

function describeUp(plan: MeshPlan, context: Context): void {
  const { settings, mesh } = plan
  const how = settings.capture === 'ebpf' ? 'captured by eBPF' : 'by explicit proxy'
  const nodes = settings.nodes === 1 ? '1 node' : `${settings.nodes} nodes`
  const name = mesh === 'default' ? '' : ` --mesh ${mesh}`
  context.out.write(
    [
      `mesh ${mesh} is up: ${nodes}, ${how}`,
      `  run a program in it   weft run${name} --service NAME --port N -- COMMAND`,
      `  see its traffic       weft stat${name}`,
      `  dashboard             http://${plan.restListen}/`,
      '',
    ].join('\n'),
  )
}

function networkRange(doc: string): Setting<string> {
  return {
    ...text(doc, { default: '' }),
    expected: 'a range of IPv4 addresses from /8 to /18',
    parse: (value) => (value === '' || isNetworkRange(value) ? value : undefined),
  }
}
