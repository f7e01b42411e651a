import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Display } from './display.ts'
import { watchWire, type WireEvidence } from './machine-evidence.ts'
import { Outcomes } from './outcomes.ts'
import { callers, Pod, servers } from './pods.ts'
import { StatFeed } from './stat-feed.ts'
import { eachLine, runWeft, startWeft, weftJson } from './weft-command.ts'

interface Status {
  readonly capture: 'ebpf' | 'proxy'
  readonly nodes: readonly { readonly name: string; readonly address: string }[]
  readonly workloads: readonly {
    readonly enrolled: boolean
    readonly reason: string
    readonly workload: { readonly uid: string; readonly state: string }
  }[]
}

const READY_TIMEOUT_MS = 20_000
const WARM_UP_MS = 2_000

/** The demo's mesh and the pods in it, made of nothing but commands of the CLI. */
export class DemoMesh {
  readonly outcomes = new Outcomes()
  readonly pods = new Map<string, Pod>()
  addedP99Ms = 0
  isCaptured = false
  readonly #display: Display
  #up: ChildProcess | null = null
  #stat: StatFeed | null = null
  #firstNode = ''
  #abort = new AbortController()

  constructor(display: Display) {
    this.#display = display
  }

  /** `weft up --nodes 2`, then the pods: servers first, callers when those are ready. */
  async start(): Promise<void> {
    this.#display.phase('weft up --nodes 2')
    await this.#bringUp()
    const status = await this.#status()
    this.isCaptured = status.capture === 'ebpf'
    this.#firstNode = status.nodes[0]?.address ?? ''
    await this.apply('catalog.yaml')
    this.#display.phase(`weft run: ${servers.length} servers`)
    await this.#startPods(servers)
    this.#display.phase(`weft run: ${callers.length} callers`)
    await this.#startPods(callers)
    this.#stat = new StatFeed(() => this.#display.rows(this.#stat?.rows ?? []))
    await this.pause(WARM_UP_MS)
  }

  /** Ends everything, in any state; the mesh takes its pods and its files with it. */
  async stop(): Promise<void> {
    this.#abort.abort()
    this.#stat?.stop()
    const up = this.#up
    if (up === null) return
    this.#up = null
    if (up.exitCode === null && up.signalCode === null) {
      const ended = new Promise((resolve) => up.once('exit', resolve))
      up.kill('SIGTERM')
      await ended
    }
    await Promise.all([...this.pods.values()].map((pod) => pod.ended))
  }

  /** Faults: rejects when the demo is told to stop. */
  async pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#abort.signal })
  }

  async apply(file: string): Promise<void> {
    await runWeft(['apply', '-f', join(import.meta.dirname, 'resources', file), '--wait'])
  }

  async remove(kind: string, name: string): Promise<void> {
    await runWeft(['delete', kind, name, '--wait'])
  }

  /** kill -9 of a pod's program; called again, a new one takes its place. */
  kill(name: string): void {
    const pod = this.pods.get(name)!
    if (pod.isRunning) pod.killProgram()
    else this.pods.set(name, new Pod(pod.spec, this.isCaptured, this.outcomes))
  }

  signal(name: string, signal: NodeJS.Signals): void {
    this.pods.get(name)?.signal(signal)
  }

  watchWire(): { stop(): Promise<WireEvidence> } | null {
    return this.isCaptured ? watchWire(this.#firstNode) : null
  }

  get noWireReason(): string {
    return this.isCaptured
      ? 'not measured: tcpdump is not installed'
      : 'not measured: without capture both nodes share the loopback'
  }

  async #bringUp(): Promise<void> {
    // Addresses and ports of its own, so that it can run beside a mesh of the person's.
    const range = (await canCapture()) ? '198.18.64.0/18' : '127.67.0.0/16'
    const aside = ['--port-base', '25000', '--network-range', range]
    const up = startWeft(['up', '--nodes', '2', '--foreground', '--ephemeral', ...aside])
    this.#up = up
    let said = ''
    eachLine(up.stderr!, (line) => {
      said += `${line}\n`
      // In one line: that there is no capture here, and why.
      if (line.startsWith('weft: explicit proxy')) this.#display.say(line)
    })
    up.stdout!.resume()
    await new Promise<void>((resolve, reject) => {
      up.on('message', (message: { ready?: true; progress?: { what: string; state: string } }) => {
        if (message.ready) resolve()
        else if (message.progress?.state === 'ready')
          this.#display.say(`  ${this.#display.style.good('✓')} ${message.progress.what}`)
      })
      up.once('exit', (code) => reject(new Error(said.trim() || `weft up ended with ${code}`)))
    })
  }

  async #startPods(specs: typeof servers): Promise<void> {
    for (const spec of specs) this.pods.set(spec.name, new Pod(spec, this.isCaptured, this.outcomes))
    const failures = specs.map((spec) => this.pods.get(spec.name)!.ended.then((how) => Promise.reject(new Error(how))))
    for (const failure of failures) failure.catch(() => {})
    await Promise.race([this.#untilReady(), ...failures])
  }

  async #untilReady(): Promise<void> {
    const deadlineMs = performance.now() + READY_TIMEOUT_MS
    for (;;) {
      const { workloads } = await this.#status()
      const late = workloads.filter(({ enrolled, workload }) => !enrolled || workload.state !== 'ready')
      if (workloads.length >= this.pods.size && late.length === 0) return
      if (performance.now() > deadlineMs) {
        const why = late.map(({ workload, reason }) => `${workload.uid}: ${reason}`).join('; ')
        throw new Error(
          `the pods are not ready after ${READY_TIMEOUT_MS / 1000} s: ${why || `${workloads.length} of ${this.pods.size} are registered`}`,
        )
      }
      await this.pause(200)
    }
  }

  #status(): Promise<Status> {
    return weftJson<Status>(['status'])
  }
}

/** What `weft up` will find, asked by the command that people ask. */
async function canCapture(): Promise<boolean> {
  const { checks } = await weftJson<{ checks: { id: string; result: string }[] }>(['check'])
  return checks.every(({ id, result }) => !id.startsWith('capture-') || result === 'ok')
}
