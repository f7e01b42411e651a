import { fork, type ChildProcess, type SendHandle } from 'node:child_process'
import type { SocketHandle } from '@weft/channel'
import { Failure } from '@weft/faults'
import type { Component } from '@weft/lifecycle'
import type { Logger } from '@weft/telemetry'
import type { Clock } from '@weft/time'
import type {
  FromWorker,
  ListenMessage,
  RefusalCountData,
  ResourcesMessage,
  ToWorker,
  TrafficCountData,
  WorkerOptions,
} from '../worker/messages.ts'
import type { DataPlaneState } from './data-plane-state.ts'
import { type SilenceLimits, SilenceWatch, type Watched } from './silence-watch.ts'
import { UnappliedChanges } from './unapplied-changes.ts'
import { SharedLoadFile } from './shared-load-file.ts'

const RESTART_BASE_MS = 50
const RESTART_MAX_MS = 5_000
const STABLE_MS = 10_000
/** How long a worker may take to close its listeners. */
const LEAVE_MS = 1_000

export interface WorkerPoolOptions {
  readonly workers: number
  readonly options: Omit<WorkerOptions, 'index' | 'sharedLoad'>
  readonly onReport: (counts: readonly TrafficCountData[], worker: number) => void
  readonly onRefusals: (counts: readonly RefusalCountData[]) => void
  /** The socket that goes along with a `listen` message to that worker; null for none. */
  readonly handleOf?: (message: ListenMessage, worker: number) => SocketHandle | null
  /** When a worker that says nothing is ended. */
  readonly silenceLimits?: SilenceLimits
  /** A worker is gone, and its connections with it. */
  readonly onExit: (worker: number) => void
}

interface Worker {
  readonly index: number
  readonly process: ChildProcess
  readonly startedAtMs: number
  readonly watched: Watched
  /** Who wait for what it holds, in order. */
  readonly dumps: ((dump: unknown) => void)[]
  ready: boolean
  drain: 'no' | 'draining' | 'drained'
}

/**
 * The data-plane processes: started together, each restarted by itself when it dies, told everything again then. One that
 * lives and answers nothing is ended.
 *
 * Listening sockets stay with the supervisor, so a worker that dies loses its own connections and nothing else: those
 * not yet accepted wait for its successor or go to its siblings.
 * States: new → running → draining → stopped.
 */
export class WorkerPool implements Component {
  readonly #settings: WorkerPoolOptions
  readonly #state: DataPlaneState
  readonly #clock: Clock
  readonly #log: Logger
  readonly #workers: (Worker | null)[]
  readonly #restartMs: number[]
  /** Null for one worker: there is nobody to tell. */
  readonly #sharedLoad: SharedLoadFile | null
  readonly #unapplied: UnappliedChanges<Worker>
  readonly #listening = new Map<string, { resolve: () => void; reject: (error: Error) => void; pending: number }>()
  readonly #silence: SilenceWatch
  #onDrained: (() => void) | null = null
  /** Workers that drain do so without us. */
  #hasLeft = false
  #phase: 'new' | 'running' | 'draining' | 'stopped' = 'new'
  #firstReady: (() => void) | null = null
  restarts = 0

  constructor(settings: WorkerPoolOptions, state: DataPlaneState, clock: Clock, log: Logger) {
    this.#settings = settings
    this.#state = state
    this.#clock = clock
    this.#log = log
    this.#unapplied = new UnappliedChanges(clock)
    this.#silence = new SilenceWatch(clock, settings.silenceLimits)
    this.#workers = Array.from({ length: settings.workers }, () => null)
    this.#sharedLoad = settings.workers > 1 ? SharedLoadFile.create(settings.workers, log) : null
    this.#restartMs = Array.from({ length: settings.workers }, () => RESTART_BASE_MS)
  }

  start(): Promise<void> {
    this.#phase = 'running'
    const ready = new Promise<void>((resolve) => (this.#firstReady = resolve))
    for (let index = 0; index < this.#workers.length; index++) this.#spawn(index)
    return ready
  }

  get readyCount(): number {
    return this.#ready().length
  }

  #ready(): Worker[] {
    return this.#workers.filter((worker): worker is Worker => worker !== null && worker.ready)
  }

  pids(): number[] {
    return this.#workers.flatMap((worker) => worker?.process.pid ?? [])
  }

  /** To every worker that is ready; one that starts later learns it from {@link DataPlaneState}. */
  send(message: ToWorker): void {
    for (const worker of this.#ready()) this.#post(worker, message)
  }

  /** Sends a change of resources; resolves when every worker has it in force, rejects with the first refusal. */
  applyResources(message: ResourcesMessage): Promise<void> {
    this.send(message)
    return this.#unapplied.wait(message, this.#ready())
  }

  /** Adds a listener; resolves when every running worker accepts on it, rejects with the first that cannot. */
  listen(message: Extract<ToWorker, { type: 'listen' }>): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#state.listeners.set(message.id, message)
      const pending = this.readyCount
      if (pending === 0) return resolve()
      this.#listening.set(message.id, { resolve, reject, pending })
      this.send(message)
    })
  }

  unlisten(id: string): void {
    if (this.#state.listeners.delete(id)) this.send({ type: 'unlisten', id })
  }

  /** What each worker holds, for the admin page. */
  async dump(): Promise<unknown[]> {
    return Promise.all(
      this.#ready().map((worker) => {
        const answer = new Promise((resolve) => worker.dumps.push(resolve))
        post(worker, { type: 'dump' })
        return Promise.race([answer, this.#clock.sleepUntil(this.#clock.nowMs() + 2_000)])
      }),
    )
  }

  /**
   * Lets the workers finish by themselves what they have begun, for `forMs` at most; resolves when none accepts any more.
   * Whoever waits for our process has to wait for theirs.
   */
  async leave(forMs: number): Promise<void> {
    this.#hasLeft = true
    await this.#drain(forMs, this.#clock.nowMs() + LEAVE_MS)
  }

  async drain(deadlineMs: number): Promise<void> {
    await this.#drain(Math.max(0, deadlineMs - this.#clock.nowMs()), deadlineMs + 500)
  }

  stop(): void {
    this.#phase = 'stopped'
    for (const worker of this.#workers) {
      const goesOn = this.#hasLeft && worker !== null && worker.drain !== 'no'
      if (!goesOn) worker?.process.kill('SIGKILL')
      else if (worker.process.connected) worker.process.disconnect()
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.stop()
  }

  #spawn(index: number): void {
    const child = fork(new URL('../worker/main.ts', import.meta.url), [], {
      serialization: 'advanced',
      execArgv: process.execArgv,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    const startedAtMs = this.#clock.nowMs()
    const watched = this.#watchedOf(index, child)
    const worker: Worker = { index, process: child, startedAtMs, watched, dumps: [], ready: false, drain: 'no' }
    this.#workers[index] = worker
    child.on('message', (message) => this.#receive(worker, message as FromWorker))
    child.on('error', (error) => this.#log.error('worker', { index, error: error.message }))
    child.on('exit', (code, signal) => this.#exited(worker, code, signal))
    const sharedLoad = this.#sharedLoad?.place ?? null
    post(worker, { type: 'configure', options: { ...this.#settings.options, index, sharedLoad } })
  }

  #watchedOf(index: number, child: ChildProcess): Watched {
    return {
      ask: () => {
        if (child.connected) child.send({ type: 'ask' } satisfies ToWorker, () => {})
      },
      silent: () => {
        this.#log.error('worker does not answer; ending it', { index, pid: child.pid })
        child.kill('SIGKILL')
      },
    }
  }

  #receive(worker: Worker, message: FromWorker): void {
    this.#silence.heard(worker.watched)
    switch (message.type) {
      case 'answer':
        return
      case 'ready':
        worker.ready = true
        this.#silence.add(worker.watched)
        for (const told of this.#state.replay()) this.#post(worker, told)
        for (const change of this.#unapplied.messages()) post(worker, change)
        this.#log.info('worker is ready', { index: worker.index, pid: worker.process.pid })
        if (this.#workers.every((other) => other?.ready)) this.#firstReady?.()
        return
      case 'applied':
        return this.#unapplied.applied(worker, message)
      case 'failed':
        return this.#failed(message.what, message.error)
      case 'listening':
        return this.#listeningOn(message.id)
      case 'report':
        return this.#settings.onReport(message.counts, worker.index)
      case 'refusals':
        return this.#settings.onRefusals(message.counts)
      case 'learned':
        if (!this.#state.learned.take(message.key, message.isHttp)) return
        for (const other of this.#workers) if (other !== worker && other?.ready) post(other, message)
        return
      case 'dump':
        return worker.dumps.shift()?.(message.dump)
      case 'draining':
      case 'drained':
        worker.drain = message.type
        return this.#checkDrained()
    }
  }

  #post(worker: Worker, message: ToWorker): void {
    const handle = message.type === 'listen' ? this.#settings.handleOf?.(message, worker.index) : null
    post(worker, message, handle ?? null)
  }

  #listeningOn(id: string): void {
    const waiting = this.#listening.get(id)
    if (waiting === undefined || --waiting.pending > 0) return
    this.#listening.delete(id)
    waiting.resolve()
  }

  #failed(what: string, error: string): void {
    this.#log.error('worker refused', { what, error })
    if (what === 'resources') this.#unapplied.refused(error)
    if (!what.startsWith('listen ')) return
    const id = what.slice('listen '.length)
    this.#listening.get(id)?.reject(new Failure('listen', error))
    this.#listening.delete(id)
  }

  #exited(worker: Worker, code: number | null, signal: string | null): void {
    this.#workers[worker.index] = null
    this.#silence.remove(worker.watched)
    for (const resolve of worker.dumps) resolve(undefined)
    this.#sharedLoad?.clear(worker.index)
    this.#settings.onExit(worker.index)
    this.#unapplied.gone(worker)
    if (worker.ready) for (const id of [...this.#listening.keys()]) this.#listeningOn(id)
    if (this.#phase === 'draining') this.#checkDrained()
    if (this.#phase !== 'running') return
    this.restarts++
    const stable = this.#clock.nowMs() - worker.startedAtMs > STABLE_MS
    const delayMs = stable ? RESTART_BASE_MS : this.#restartMs[worker.index]!
    this.#restartMs[worker.index] = stable ? RESTART_BASE_MS : Math.min(delayMs * 2, RESTART_MAX_MS)
    this.#log.error('worker ended; starting another', { index: worker.index, code, signal, delayMs })
    this.#clock.after(delayMs, () => this.#phase === 'running' && this.#spawn(worker.index))
  }

  async #drain(forMs: number, untilMs: number): Promise<void> {
    this.#phase = 'draining'
    const drained = new Promise<void>((resolve) => (this.#onDrained = resolve))
    this.send({ type: 'drain', timeoutMs: forMs, outlives: this.#hasLeft })
    this.#checkDrained()
    await Promise.race([drained, this.#clock.sleepUntil(untilMs)])
  }

  #checkDrained(): void {
    const isDone = ({ ready, drain }: Worker): boolean =>
      !ready || drain === 'drained' || (this.#hasLeft && drain === 'draining')
    if (this.#workers.every((worker) => worker === null || isDone(worker))) this.#onDrained?.()
  }
}

function post(worker: Worker, message: ToWorker, handle: SocketHandle | null = null): void {
  if (!worker.process.connected) return
  // Node sends any handle of its own; its types know but sockets and servers.
  if (handle === null) worker.process.send(message, () => {})
  else worker.process.send(message, handle as unknown as SendHandle, () => {})
}
