import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock } from '@weft/host'
import { managementService, plainClientCredentials, rpcClient, type RpcClient } from '@weft/rpc'
import { freeAddresses, Part } from './part.ts'
import { TestAgent } from './test-agent.ts'

const roles = ['control-plane', 'policy', 'node/node1', 'node/node2']
const part = (role: string): string => role.replace('node/', '')

/** A user that may read what the control plane serves on loopback. */
export const READER = 54_321

/** CA, control plane and policy service as processes, in a directory of the test. Agents are played by the test. */
export class RunningMesh {
  readonly dir: string
  readonly ca: Part
  readonly controlPlane: Part
  readonly policy: Part
  readonly management: RpcClient<typeof managementService>
  readonly restUrl: string
  readonly metricsUrl: string
  readonly #addresses: { ca: string; controlPlane: string; policy: string }
  readonly #agents: TestAgent[] = []

  private constructor(dir: string, addresses: readonly string[]) {
    const [ca, controlPlane, policy, rest, caMetrics, controlPlaneMetrics, policyMetrics] = addresses as string[]
    this.dir = dir
    this.#addresses = { ca: ca!, controlPlane: controlPlane!, policy: policy! }
    this.restUrl = `http://${rest}`
    this.metricsUrl = `http://${controlPlaneMetrics}/metrics`
    writeFileSync(join(dir, 'kek'), '0123456789abcdef'.repeat(4))
    writeTokens(dir)
    const joining = (name: string) => ({
      'ca-address': ca!,
      'trust-roots-file': join(dir, 'ca/roots.pem'),
      'join-token-file': join(dir, `${name}.token`),
    })
    this.ca = new Part('ca', {
      'state-dir': join(dir, 'ca'),
      listen: ca!,
      'join-tokens-file': join(dir, 'tokens.json'),
      'key-encryption-key-file': join(dir, 'kek'),
      'control-plane-address': controlPlane!,
      'metrics-listen': caMetrics!,
    })
    this.controlPlane = new Part('control-plane', {
      'state-dir': this.controlPlaneDir,
      listen: controlPlane!,
      'rest-listen': rest!,
      'metrics-listen': controlPlaneMetrics!,
      'management-socket': join(dir, 'socket/management.sock'),
      reader: String(READER),
      node: 'node1=198.18.0.1,shared=198.18.2.0/24,own=198.18.3.0/24',
      ...joining('control-plane'),
    })
    this.policy = new Part('policy', {
      'state-dir': join(dir, 'policy'),
      listen: policy!,
      'metrics-listen': policyMetrics!,
      'control-plane-address': controlPlane!,
      ...joining('policy'),
    })
    const socket = `unix:${join(dir, 'socket/management.sock')}`
    this.management = rpcClient(managementService, socket, plainClientCredentials())
  }

  static async prepare(dir: string): Promise<RunningMesh> {
    mkdirSync(dir, { recursive: true })
    return new RunningMesh(dir, await freeAddresses(7))
  }

  get controlPlaneDir(): string {
    return join(this.dir, 'control-plane')
  }

  async start(): Promise<void> {
    await this.ca.start()
    await this.controlPlane.start()
    await this.policy.start()
  }

  async agent(node = 'node1'): Promise<TestAgent> {
    const { ca, controlPlane, policy } = this.#addresses
    const agent = new TestAgent({
      node,
      dir: this.dir,
      caAddress: ca,
      rootsFile: join(this.dir, 'ca/roots.pem'),
      tokenFile: join(this.dir, `${node}.token`),
      controlPlane,
      policy,
    })
    this.#agents.push(agent)
    await agent.start()
    return agent
  }

  async end(): Promise<void> {
    for (const agent of this.#agents) agent.stop()
    this.management.close()
    for (const one of [this.policy, this.controlPlane, this.ca]) await one.end('SIGKILL')
  }
}

function writeTokens(dir: string): void {
  const expiresAtMs = systemClock.wallMs() + 600_000
  const entries = roles.map((role) => {
    const token = `token-of-${part(role)}-that-is-long-enough`
    writeFileSync(join(dir, `${part(role)}.token`), token, { mode: 0o600 })
    return { sha256: createHash('sha256').update(token).digest('hex'), role, expiresAtMs }
  })
  writeFileSync(join(dir, 'tokens.json'), JSON.stringify(entries))
}
