import { describeError } from '@weft/faults'
import { formatWorkloadIdentity } from '@weft/identity'
import type { Logger } from '@weft/telemetry'
import type { Clock, Timer } from '@weft/time'
import type { Workload } from '@weft/topology'
import type { Capture, Destination, Enrolment, EnrolmentState } from '../capture/capture.ts'
import type { WorkloadIdentities } from '../identity/workload-identities.ts'
import type { LocalWorkload } from '../worker/messages.ts'

const RETRY_MS = 1_000
const READ_BACK_MS = 5_000

export interface EnrolmentOptions {
  readonly node: string
  readonly trustDomain: string
}

export interface EnrolmentOutputs {
  /** The complete list of local workloads, for the workers. */
  readonly onLocal: (local: readonly LocalWorkload[]) => void
  /** What is enrolled and what is not, for the control plane; called when it changes. */
  readonly onStatus: (states: readonly EnrolmentState[]) => void
}

interface Entry {
  workload: Workload
  enrolment: Enrolment | null
  reason: string
}

/**
 * Brings the workloads of this node under capture and keeps them there.
 *
 * `reconcile` compares what should be with what is: new workloads get identity, listeners and hooks; gone ones lose
 * them. One pass at a time; a failure is told as the reason, and tried again each second. Every five seconds the kernel
 * is read back, and what it says is what is reported.
 */
export class WorkloadEnrolment {
  readonly #options: EnrolmentOptions
  readonly #capture: Capture
  readonly #identities: WorkloadIdentities
  readonly #outputs: EnrolmentOutputs
  readonly #clock: Clock
  readonly #log: Logger
  readonly #entries = new Map<string, Entry>()
  #wanted: ReadonlyMap<string, Workload> = new Map()
  #destinations: readonly Destination[] = []
  #running: Promise<void> | null = null
  #again = false
  #timer: Timer | null = null
  #reported = ''
  #stopped = false

  constructor(
    options: EnrolmentOptions,
    capture: Capture,
    identities: WorkloadIdentities,
    outputs: EnrolmentOutputs,
    clock: Clock,
    log: Logger,
  ) {
    this.#options = options
    this.#capture = capture
    this.#identities = identities
    this.#outputs = outputs
    this.#clock = clock
    this.#log = log
  }

  /** Sets what should be captured and where it leads; the work goes on by itself. */
  want(workloads: Iterable<Workload>, destinations: readonly Destination[]): void {
    const wanted = new Map<string, Workload>()
    for (const workload of workloads) if (this.#isOurs(workload)) wanted.set(workload.uid, workload)
    this.#wanted = wanted
    this.#destinations = destinations
    this.reconcile()
  }

  reconcile(): void {
    if (this.#stopped) return
    if (this.#running !== null) {
      this.#again = true
      return
    }
    this.#running = this.#pass().finally(() => {
      this.#running = null
      if (this.#again) {
        this.#again = false
        this.reconcile()
      }
    })
  }

  /** Resolves when no pass is under way. */
  async settled(): Promise<void> {
    while (this.#running !== null) await this.#running
  }

  states(): EnrolmentState[] {
    return [...this.#entries].map(([uid, { enrolment, reason }]) => ({
      uid,
      enrolled: enrolment !== null && reason === '',
      reason,
      environment: enrolment?.environment ?? {},
    }))
  }

  stop(): void {
    this.#stopped = true
    this.#timer?.cancel()
  }

  /** A workload is ours to capture once its program's place (cgroup, or the proxy) exists. */
  #isOurs(workload: Workload): boolean {
    return workload.node === this.#options.node && (workload.cgroupPath !== '' || workload.networkMode === 'proxied')
  }

  async #pass(): Promise<void> {
    this.#timer?.cancel()
    for (const [uid, entry] of this.#entries) if (!this.#wanted.has(uid)) await this.#leave(uid, entry)
    // Destinations first: a workload told that it is enrolled must find every service captured.
    const failed = await this.#capture.setDestinations(this.#destinations).then(
      () => '',
      (error: unknown) => `cannot set destinations: ${describeError(error)}`,
    )
    if (failed !== '') this.#log.error('capture', { error: failed })
    for (const workload of this.#wanted.values()) await this.#enter(workload, failed)
    this.#tellLocal()
    await this.#readBack()
    const pending = [...this.#entries.values()].some((entry) => entry.enrolment === null) || failed !== ''
    this.#timer = this.#clock.after(pending ? RETRY_MS : READ_BACK_MS, () => this.reconcile())
  }

  async #enter(workload: Workload, destinationsFailed: string): Promise<void> {
    let entry = this.#entries.get(workload.uid)
    if (entry === undefined) {
      entry = { workload, enrolment: null, reason: 'not yet captured' }
      this.#entries.set(workload.uid, entry)
    }
    entry.workload = workload
    if (entry.enrolment !== null) return
    if (destinationsFailed !== '') {
      entry.reason = destinationsFailed
      return
    }
    try {
      await this.#identities.acquire(workload.uid, this.#identityOf(workload, workload.serviceAccount))
      if (workload.publishPort > 0) await this.#identities.acquire(workload.uid, this.#identityOf(workload, 'ingress'))
      entry.enrolment = await this.#capture.enrol(workload)
      entry.reason = ''
      this.#log.info('workload is captured', { uid: workload.uid, address: workload.address })
    } catch (error) {
      const reason = describeError(error)
      if (reason !== entry.reason) this.#log.warn('workload is not captured', { uid: workload.uid, reason })
      entry.reason = reason
    }
  }

  async #leave(uid: string, entry: Entry): Promise<void> {
    this.#entries.delete(uid)
    this.#identities.release(uid)
    if (entry.enrolment === null) return
    await this.#capture
      .unenrol(uid)
      .catch((error: unknown) => this.#log.warn('cannot release workload', { uid, error: describeError(error) }))
    this.#log.info('workload is released', { uid })
  }

  #tellLocal(): void {
    const local: LocalWorkload[] = []
    for (const { workload, enrolment } of this.#entries.values()) {
      if (enrolment === null) continue
      local.push({
        uid: workload.uid,
        cgroupId: enrolment.cgroupId,
        netnsPath: workload.netnsPath,
        proxySecret: enrolment.proxySecret,
      })
    }
    this.#outputs.onLocal(local)
  }

  async #readBack(): Promise<void> {
    const seen = await this.#capture.readBack()
    for (const [uid, entry] of this.#entries) {
      if (entry.enrolment === null) continue
      const missing = seen.get(uid) ?? 'the kernel does not know it'
      if (missing !== '' && missing !== entry.reason) this.#log.error('capture is broken', { uid, missing })
      entry.reason = missing
      if (missing !== '') entry.enrolment = null
    }
    const states = this.states()
    const text = JSON.stringify(states)
    if (text === this.#reported) return
    this.#reported = text
    this.#outputs.onStatus(states)
  }

  #identityOf(workload: Workload, serviceAccount: string): string {
    const { trustDomain } = this.#options
    return formatWorkloadIdentity({ trustDomain, namespace: workload.namespace, serviceAccount })
  }
}
