import { choice, count, flagName, many, nearest, text } from '@weft/config'
import { Failure } from '@weft/faults'
import { defineCommand } from '../command-line/command.ts'
import { switchFlag, valueFlag, type FlagsOf } from '../command-line/flag.ts'
import { isLabelKey, isLabelValue, WORKLOAD_LABELS_MAX, WORKLOAD_PORTS_MAX } from '@weft/topology'
import { takenAddresses } from '../machine/ports.ts'
import { refuseCluster } from '../cluster/target.ts'
import { locateMesh, type MeshLocation } from '../mesh/location.ts'
import { requireRunning, type MeshFile } from '../mesh/mesh-file.ts'

const protocols = ['detect', 'http', 'http2', 'grpc', 'tcp', 'tls'] as const
const NAME = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/

const flags = {
  service: valueFlag('NAME', text('Service that the program belongs to.'), 's'),
  port: valueFlag('N', many(count('Port that the program listens on; repeated.', 1, 65_535), { default: [] }), 'p'),
  namespace: valueFlag('NAME', text('Namespace.', { default: 'default' }), 'n'),
  serviceAccount: valueFlag(
    'NAME',
    text('Service account, the last part of its identity. Empty: the name of the service.', { default: '' }),
  ),
  node: valueFlag('NAME', text('Node it runs on. Empty: node1.', { default: '' })),
  protocol: valueFlag('NAME', choice('What is spoken on its ports; else detected.', protocols, { default: 'detect' })),
  label: valueFlag(
    'K=V',
    many(assignment('Label, for selectors of services and policies; repeated.'), { default: [] }),
    'l',
  ),
  env: valueFlag(
    'K=V',
    many(assignment('Environment variable; repeated. {address} in it is the address of the workload.'), {
      default: [],
    }),
    'e',
  ),
  ownNetwork: switchFlag('Give it a network of its own, like a pod, instead of the node’s.'),
  allowPlaintext: switchFlag('Let programs outside the mesh call it in plaintext.'),
  publish: valueFlag(
    'PORT',
    count('Loopback port of the node that leads to it, for browsers and curl. 0: none.', 0, 65_535, { default: 0 }),
  ),
} as const

export const runCommand = defineCommand({
  name: 'run',
  summary: 'Run a program as a workload of the mesh',
  about: [
    'The program runs as it would without weft: same user, directory, terminal, signals and exit code. Its connections to\nmesh services are resolved, balanced, encrypted and measured; calls to its ports arrive the same way. When it ends, it\nis drained and everything made for it is removed.',
    'A program with --own-network has an address of its own on all ports. It reaches the mesh and its node; nothing\ntranslates its address towards other networks.',
  ],
  flags,
  operands: { usage: '[--] COMMAND [ARGUMENT]…', min: 1, max: Number.POSITIVE_INFINITY },
  stopAtOperand: true,
  examples: [
    'run --service cart --port 8080 -- ./cart-server',
    'run --service web -- curl http://cart:8080/',
    'run --service db --port 5432 --own-network --node node2 -- postgres -D /srv/db',
    'run --service shop --port 8080 --publish 9000 -- node shop.js',
  ],
  async run({ flags, operands, context }) {
    refuseCluster('run', flags)
    const location = locateMesh(flags, context)
    const file = runningMesh(location)
    const register = registration(flags, file)
    await checkPublished(register.publishPort, register.node, file)
    const env = Object.fromEntries(flags.env)
    // Brings gRPC along, which no other command should wait for.
    const { connectManagement, explainUnavailable } = await import('../mesh/management.ts')
    const { checkExecutable } = await import('../run/program.ts')
    const { runWorkload } = await import('../run/run-workload.ts')
    checkExecutable(operands[0]!, env['PATH'] ?? context.env['PATH'], context.cwd)
    const client = await connectManagement(location)
    try {
      return await runWorkload(client, file.plan, { register, command: operands, env }, context)
    } catch (error) {
      throw asRunFailure(explainUnavailable(location, error))
    } finally {
      client.close()
    }
  },
})

/** Checks what the control plane would refuse, with the flag's name in the message. */
export function registration(given: FlagsOf<typeof flags>, { plan }: MeshFile) {
  for (const key of ['service', 'namespace', 'serviceAccount'] as const) {
    const value = given[key]
    if (value === '' && key === 'serviceAccount') continue
    if (!NAME.test(value)) {
      throw usage(key, value, 'at most 63 lower-case letters, digits and "-"')
    }
  }
  for (const [key, value] of given.label) {
    if (!isLabelKey(key))
      throw usage('label', key, 'letters, digits, "-", "_" and "." as name, with a DNS prefix or not')
    if (!isLabelValue(value)) throw usage('label', value, 'at most 63 letters, digits, "-", "_" and "." as value')
  }
  const labels = Object.fromEntries(given.label)
  if (given.port.length > WORKLOAD_PORTS_MAX)
    throw usage('port', `${given.port.length} ports`, `at most ${WORKLOAD_PORTS_MAX}`)
  if (given.label.length > WORKLOAD_LABELS_MAX)
    throw usage('label', `${given.label.length} labels`, `at most ${WORKLOAD_LABELS_MAX}`)
  if (given.publish > 0 && given.port.length === 0)
    throw new Failure('usage', '--publish: found no --port that it could lead to, expected at least one')
  const nodes = plan.nodes.map(({ name }) => name)
  const node = given.node || nodes[0]!
  if (!nodes.includes(node)) {
    throw new Failure(
      'usage',
      `--node: found ${JSON.stringify(node)}${nearest(node, nodes)}, expected one of ${nodes.join(', ')}`,
    )
  }
  const captured = plan.settings.capture === 'ebpf'
  if (given.ownNetwork && !captured) {
    throw new Failure(
      'usage',
      `--own-network needs capture by eBPF, and mesh ${plan.mesh} uses the explicit proxy: ${plan.captureReason}`,
    )
  }
  return {
    namespace: given.namespace,
    service: given.service,
    serviceAccount: given.serviceAccount || given.service,
    node,
    ports: [...given.port],
    protocol: given.protocol,
    labels,
    networkMode: captured ? (given.ownNetwork ? 'own' : 'shared') : 'proxied',
    allowPlaintext: given.allowPlaintext,
    publishPort: given.publish,
  }
}

function usage(flag: string, found: string, expected: string): Failure {
  return new Failure('usage', `--${flagName(flag)}: found ${JSON.stringify(found)}, expected ${expected}`)
}

/** Told before anything is made: the agent would try for as long as we wait. On other nodes only the agent can tell. */
async function checkPublished(port: number, node: string, { plan }: MeshFile): Promise<void> {
  if (port === 0 || plan.nodes.find(({ name }) => name === node)?.netns !== '') return
  const [taken] = await takenAddresses([`127.0.0.1:${port}`])
  if (taken === undefined) return
  throw new Failure('run_failed', `--publish: ${taken} is taken, expected a free port of loopback`)
}

function runningMesh(location: MeshLocation): MeshFile {
  try {
    return requireRunning(location)
  } catch (error) {
    throw asRunFailure(error)
  }
}

/** The program's own codes go up to 124 by custom: what goes wrong before it runs must not look like one of them. */
function asRunFailure(error: unknown): unknown {
  if (!(error instanceof Failure) || error.code.startsWith('run_')) return error
  return new Failure('run_failed', error.message, error.cause)
}

function assignment(doc: string) {
  const parse = (value: string): readonly [string, string] | undefined => {
    const at = value.indexOf('=')
    return at <= 0 ? undefined : [value.slice(0, at), value.slice(at + 1)]
  }
  return { doc, defaultText: null, defaultValue: undefined, expected: 'NAME=VALUE', parse }
}
