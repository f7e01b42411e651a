import { type ChildProcess, spawn } from 'node:child_process'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { environmentValue, systemClock } from '@weft/host'
import { silentLogger, type Logger } from '@weft/telemetry'
import { kubernetesProgram } from '@weft/tools/testing'
import { KubernetesClient } from '../client.ts'

const START_MS_MAX = 60_000

/**
 * A real kube-apiserver with its etcd on loopback, and nothing else of a cluster: no controllers, no nodes. For tests that
 * `needs('kube-apiserver')`; takes about five seconds to start. Everything of it goes when it is disposed of.
 */
export class RealApiServer implements AsyncDisposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'weft-apiserver-'))
  readonly #token = randomBytes(16).toString('hex')
  #auditedGroup = ''
  #etcd: ChildProcess | null = null
  #server: ChildProcess | null = null
  #ports: { readonly etcd: number; readonly peer: number; readonly api: number } = { etcd: 0, peer: 0, api: 0 }

  /** `auditedGroup`: the group of users whose requests {@link auditLog} has; '' for none. */
  static async start({ auditedGroup = '' } = {}): Promise<RealApiServer> {
    const server = new RealApiServer()
    server.#auditedGroup = auditedGroup
    try {
      const [etcd, peer, api] = await Promise.all([freePort(), freePort(), freePort()])
      server.#ports = { etcd: etcd!, peer: peer!, api: api! }
      server.#prepare()
      server.#startEtcd()
      await server.startServer()
    } catch (error) {
      await server[Symbol.asyncDispose]()
      throw error
    }
    return server
  }

  /** Of its administrator. */
  get kubeconfig(): string {
    return join(this.#folder, 'kubeconfig')
  }

  /** One event of audit.k8s.io/v1 a line. */
  get auditLog(): string {
    return readFileSync(join(this.#folder, 'audit.log'), 'utf8')
  }

  /** Of a user who proves itself by a token. */
  kubeconfigFor(user: string, token: string): string {
    const path = join(this.#folder, `${user}.kubeconfig`)
    writeFileSync(path, JSON.stringify(this.#configOf(user, token)), { mode: 0o600 })
    return path
  }

  client(log: Logger = silentLogger): Promise<KubernetesClient> {
    return KubernetesClient.load({ kubeconfig: this.kubeconfig, name: 'test' }, systemClock, log)
  }

  /** As after `stopServer`: at the same port, with the same objects. */
  async startServer(): Promise<void> {
    const { etcd, api } = this.#ports
    this.#server = this.#spawn('kube-apiserver', kubernetesProgram('kube-apiserver')!, [
      `--etcd-servers=http://127.0.0.1:${etcd}`,
      '--bind-address=127.0.0.1',
      `--secure-port=${api}`,
      '--advertise-address=198.18.0.254',
      '--service-cluster-ip-range=198.19.0.0/16',
      `--cert-dir=${this.#folder}/certificates`,
      `--token-auth-file=${this.#folder}/tokens.csv`,
      '--authorization-mode=RBAC',
      `--service-account-key-file=${this.#folder}/account.pub`,
      `--service-account-signing-key-file=${this.#folder}/account.key`,
      '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
      '--disable-admission-plugins=ServiceAccount',
      '--profiling=false',
      ...this.#auditing(),
    ])
    await this.#ready()
  }

  /** Kills it, as a fault would. Its objects stay in etcd. */
  async stopServer(): Promise<void> {
    await end(this.#server)
    this.#server = null
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await end(this.#server)
    await end(this.#etcd)
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #prepare(): void {
    mkdirSync(join(this.#folder, 'etcd'), { mode: 0o700 })
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const write = (file: string, text: string): void => writeFileSync(join(this.#folder, file), text, { mode: 0o600 })
    write('account.pub', publicKey.export({ type: 'spki', format: 'pem' }) as string)
    write('account.key', privateKey.export({ type: 'pkcs8', format: 'pem' }) as string)
    write('tokens.csv', `${this.#token},admin,admin,system:masters\n`)
    write('kubeconfig', JSON.stringify(this.#configOf('admin', this.#token)))
  }

  #configOf(user: string, token: string): unknown {
    const cluster = {
      server: `https://127.0.0.1:${this.#ports.api}`,
      'certificate-authority': join(this.#folder, 'certificates/apiserver.crt'),
    }
    return {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'test', cluster }],
      users: [{ name: user, user: { token } }],
      contexts: [{ name: 'test', context: { cluster: 'test', user, namespace: 'default' } }],
      'current-context': 'test',
    }
  }

  #auditing(): string[] {
    if (this.#auditedGroup === '') return []
    const rules = [{ level: 'Metadata', userGroups: [this.#auditedGroup] }, { level: 'None' }]
    const policy = join(this.#folder, 'audit.json')
    writeFileSync(policy, JSON.stringify({ apiVersion: 'audit.k8s.io/v1', kind: 'Policy', rules }))
    return [`--audit-policy-file=${policy}`, `--audit-log-path=${this.#folder}/audit.log`]
  }

  #startEtcd(): void {
    const { etcd, peer } = this.#ports
    this.#etcd = this.#spawn('etcd', 'etcd', [
      `--data-dir=${this.#folder}/etcd`,
      `--listen-client-urls=http://127.0.0.1:${etcd}`,
      `--advertise-client-urls=http://127.0.0.1:${etcd}`,
      `--listen-peer-urls=http://127.0.0.1:${peer}`,
      `--initial-advertise-peer-urls=http://127.0.0.1:${peer}`,
      `--initial-cluster=default=http://127.0.0.1:${peer}`,
      // What is lost with a test need not survive a power cut.
      '--unsafe-no-fsync',
    ])
  }

  /** Its log is a file of the folder; a process that ends by itself is told by `#ready`. */
  #spawn(name: string, program: string, args: readonly string[]): ChildProcess {
    const script = 'exec "$0" "$@" >"$LOG" 2>&1'
    const env = { PATH: environmentValue('PATH'), LOG: join(this.#folder, `${name}.log`) }
    const child = spawn('/bin/sh', ['-c', script, program, ...args], { env, stdio: 'ignore' })
    // A run that ends early takes it along.
    process.once('exit', () => child.kill('SIGKILL'))
    return child
  }

  async #ready(): Promise<void> {
    const deadlineMs = systemClock.nowMs() + START_MS_MAX
    for (;;) {
      try {
        const client = await this.client()
        await client.list('/api/v1/namespaces')
        await client.send({ method: 'GET', path: '/readyz' }).catch((error: Error) => {
          // It answers "ok", which is no JSON.
          if (!error.message.includes('expected JSON')) throw error
        })
        client.close()
        return
      } catch (error) {
        if (systemClock.nowMs() > deadlineMs || this.#server?.exitCode !== null) {
          throw new Error(`kube-apiserver does not start: ${String(error)}\n${this.#log('kube-apiserver')}`)
        }
        await systemClock.sleepUntil(systemClock.nowMs() + 100)
      }
    }
  }

  #log(name: string): string {
    try {
      return readFileSync(join(this.#folder, `${name}.log`), 'utf8').slice(-2_000)
    } catch {
      return ''
    }
  }
}

async function end(child: ChildProcess | null): Promise<void> {
  if (child === null || child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}
