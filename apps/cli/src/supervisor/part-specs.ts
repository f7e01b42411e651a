import { join } from 'node:path'
import { netnsPath } from '../machine/ip.ts'
import { repositoryRoot } from '../machine/tools.ts'
import { statePaths } from '../mesh/location.ts'
import type { MeshPlan, NodePlan } from '../mesh/plan.ts'

/** One process of the mesh, as data. */
export interface PartSpec {
  readonly name: string
  /** The source it starts with. */
  readonly main: string
  readonly args: readonly string[]
  /** Full path of its cgroup, '' for the supervisor's own. */
  readonly cgroup: string
  /** Path of its network namespace, '' for the machine's own. */
  readonly netnsPath: string
  /** The role its join token stands for; '' for the CA, which needs none. */
  readonly role: string
  /** Whether the launcher stands before it, which keeps its listening sockets open while it is started again. */
  readonly isLaunched: boolean
}

/** The parts in the order in which they start; those of one inner list start together. */
export function partsOf(plan: MeshPlan): readonly (readonly PartSpec[])[] {
  return [[caPart(plan)], [controlPlanePart(plan)], [policyPart(plan)], plan.nodes.map((node) => agentPart(plan, node))]
}

export function allParts(plan: MeshPlan): readonly PartSpec[] {
  return partsOf(plan).flat()
}

function mainOf(app: string): string {
  return join(repositoryRoot, 'apps', app, 'src/main.ts')
}

function caPart(plan: MeshPlan): PartSpec {
  return {
    ...controlGroup(plan),
    name: 'ca',
    main: mainOf('ca'),
    role: '',
    args: [
      ...['--state-dir', statePaths.part(plan, 'ca'), '--trust-domain', plan.settings.trustDomain],
      ...['--listen', plan.caAddress, '--metrics-listen', plan.metricsListen.ca],
      ...[
        '--join-tokens-file',
        statePaths.joinTokens(plan),
        '--key-encryption-key-file',
        statePaths.keyEncryptionKey(plan),
      ],
      ...['--control-plane-address', plan.controlPlaneAddress],
    ],
  }
}

function controlPlanePart(plan: MeshPlan): PartSpec {
  return {
    ...controlGroup(plan),
    name: 'control-plane',
    main: mainOf('control-plane'),
    role: 'control-plane',
    args: [
      ...['--state-dir', statePaths.part(plan, 'control-plane'), '--mesh', plan.mesh],
      ...['--listen', plan.controlPlaneAddress, '--rest-listen', plan.restListen],
      ...[
        '--metrics-listen',
        plan.metricsListen.controlPlane,
        '--management-socket',
        statePaths.managementSocket(plan),
      ],
      ...['--service-range4', plan.settings.serviceRange4, '--service-range6', plan.settings.serviceRange6],
      ...readers(plan),
      ...plan.nodes.flatMap((node) => ['--node', `${node.name}=${node.address},shared=${node.shared},own=${node.own}`]),
      ...joining(plan, 'control-plane'),
    ],
  }
}

function policyPart(plan: MeshPlan): PartSpec {
  return {
    ...controlGroup(plan),
    name: 'policy',
    main: mainOf('policy'),
    role: 'policy',
    args: [
      ...['--state-dir', statePaths.part(plan, 'policy'), '--listen', plan.policyAddress],
      ...['--metrics-listen', plan.metricsListen.policy, '--control-plane-address', plan.controlPlaneAddress],
      ...joining(plan, 'policy'),
    ],
  }
}

function agentPart(plan: MeshPlan, node: NodePlan): PartSpec {
  const name = `agent-${node.name}`
  const { settings } = plan
  return {
    name,
    main: mainOf('agent'),
    role: `node/${node.name}`,
    isLaunched: node.cgroup !== '',
    cgroup: node.cgroup === '' ? '' : join(plan.cgroupMount, node.cgroup, 'agent'),
    netnsPath: netnsPath(node.netns),
    args: [
      ...[
        '--state-dir',
        statePaths.part(plan, name),
        '--mesh',
        plan.mesh,
        '--node',
        node.name,
        '--address',
        node.address,
      ],
      ...['--capture', settings.capture, '--workers', String(settings.workers)],
      ...['--control-plane-address', plan.controlPlaneAddress, '--policy-address', plan.policyAddress],
      ...(node.cgroup === '' ? [] : ['--cgroup-root', node.cgroup, '--bpf-pin-dir', node.bpfPinDir]),
      ...['--service-range4', settings.serviceRange4, '--service-range6', settings.serviceRange6],
      ...['--network-range', settings.networkRange, '--admin-listen', node.adminListen],
      ...['--metrics-listen', node.metricsListen, '--readiness-listen', node.readinessListen],
      ...['--outbound-port', String(settings.portBase + 1), '--inbound-port', String(settings.portBase + 6)],
      ...['--dns-port', String(settings.portBase + 53), '--proxy-port', String(settings.portBase + 80)],
      ...settings.dnsUpstream.flatMap((upstream) => ['--dns-upstream', upstream]),
      // Resolvers are known by their addresses in the machine's network, which is the supervisor's.
      ...(node.netns === '' ? [] : ['--dns-netns', `/proc/${process.pid}/ns/net`]),
      ...readers(plan),
      ...joining(plan, name),
    ],
  }
}

/** CA, control plane and policy service, together in a cgroup by which a killed mesh can be found and ended. */
function controlGroup(plan: MeshPlan): { cgroup: string; netnsPath: string; isLaunched: false } {
  const cgroup = plan.cgroup === '' ? '' : join(plan.cgroupMount, plan.cgroup, 'control')
  return { cgroup, netnsPath: '', isLaunched: false }
}

function readers(plan: MeshPlan): string[] {
  return plan.readers.flatMap((user) => ['--reader', String(user)])
}

function joining(plan: MeshPlan, part: string): string[] {
  return [
    ...['--trust-domain', plan.settings.trustDomain, '--ca-address', plan.caAddress],
    ...['--trust-roots-file', statePaths.roots(plan), '--join-token-file', statePaths.token(plan, part)],
  ]
}
