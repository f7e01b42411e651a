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
const ENTER_AT_ONCE = 8
const NOT_YET = 'not yet captured'

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
  /** What the kernel lacks, '' for nothing. */
  reason: string
  /** Why its certificate is not there, '' when it is. */
  identityReason: string
  entering: Promise<void> | null
  acquiring: Promise<void> | null
}

/**
 * Brings the workloads of this node under capture and keeps them there.
 *
 * `reconcile` compares what should be with what is: new workloads get listeners and hooks, and their identity beside
 * that, so that a CA that is away holds nobody's capture up; gone ones lose them. One pass at a time; a failure is told as
 * the reason, and tried again each second. Every five seconds the kernel is read back, and what it says is what is
 * reported. Enrolled is who is captured and has a certificate.
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
  #isConfigured = false

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
    this.#isConfigured = true
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

  /**
   * Captures one workload at once, besides whatever pass is under way; its identity may follow. Resolves with why it could
   * not be, '' when it is. The next call of `want` must name it too.
   */
  async enrolNow(workload: Workload): Promise<string> {
    if (!this.#isConfigured) return 'the agent has no configuration yet'
    this.#wanted = new Map(this.#wanted).set(workload.uid, workload)
    await this.#enter(workload, '')
    this.#tellLocal()
    this.#report()
    const entry = this.#entries.get(workload.uid)
    return entry === undefined ? 'it is not wanted any more' : entry.reason
  }

  /** Resolves when no pass is under way and no certificate is awaited. */
  async settled(): Promise<void> {
    for (;;) {
      const acquiring = [...this.#entries.values()].map((entry) => entry.acquiring)
      const waiting = [this.#running, ...acquiring].filter((one) => one !== null)
      if (waiting.length === 0) return
      await Promise.all(waiting)
    }
  }

  states(): EnrolmentState[] {
    return [...this.#entries].map(([uid, { enrolment, reason, identityReason }]) => ({
      uid,
      enrolled: enrolment !== null && reason === '' && identityReason === '',
      reason: reason === '' ? identityReason : reason,
      environment: enrolment?.environment ?? {},
    }))
  }

  /**
   * Of those whose capture has been tried: what there is to tell others. An agent that has just started knows nothing of the
   * rest, which the one before may have captured, and must not take them out of service by saying that they are not.
   */
  tried(): EnrolmentState[] {
    return this.states().filter(({ uid }) => this.#entries.get(uid)!.reason !== NOT_YET)
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
    await this.#enterAll([...this.#wanted.values()], failed)
    this.#tellLocal()
    await this.#readBack()
    const isPending = (entry: Entry): boolean => entry.enrolment === null || entry.identityReason !== ''
    const pending = [...this.#entries.values()].some(isPending) || failed !== ''
    this.#timer = this.#clock.after(pending ? RETRY_MS : READ_BACK_MS, () => this.reconcile())
  }

  /** Some at once, and told of at once: on a full node a new agent finds many, and whoever calls one of them waits for it. */
  async #enterAll(workloads: readonly Workload[], destinationsFailed: string): Promise<void> {
    for (let from = 0; from < workloads.length; from += ENTER_AT_ONCE) {
      const batch = workloads.slice(from, from + ENTER_AT_ONCE)
      const hasNew = batch.some(({ uid }) => (this.#entries.get(uid)?.enrolment ?? null) === null)
      await Promise.all(batch.map((workload) => this.#enter(workload, destinationsFailed)))
      if (hasNew) this.#tellLocal()
    }
  }

  async #enter(workload: Workload, destinationsFailed: string): Promise<void> {
    let entry = this.#entries.get(workload.uid)
    if (entry === undefined) {
      const waiting = { reason: NOT_YET, identityReason: 'its certificate is not there yet' }
      entry = { workload, enrolment: null, ...waiting, entering: null, acquiring: null }
      this.#entries.set(workload.uid, entry)
    }
    const known = entry
    if (hasMoved(known.workload, workload)) known.enrolment = null
    known.workload = workload
    this.#acquire(known)
    if (known.enrolment !== null) return
    if (destinationsFailed !== '') {
      known.reason = destinationsFailed
      return
    }
    known.entering ??= this.#captureOne(known).finally(() => (known.entering = null))
    await known.entering
  }

  async #captureOne(entry: Entry): Promise<void> {
    const { workload } = entry
    const { uid } = workload
    try {
      const enrolment = await this.#capture.enrol(workload)
      if (this.#entries.get(uid) !== entry) return await this.#capture.unenrol(uid)
      entry.enrolment = enrolment
      entry.reason = ''
      this.#log.info('workload is captured', { uid, address: workload.address })
    } catch (error) {
      const reason = describeError(error)
      if (reason !== entry.reason) this.#log.warn('workload is not captured', { uid, reason })
      entry.reason = reason
    }
  }

  /** Asks for the workload's certificates unless they are there or being asked for; what comes of it is reported. */
  #acquire(entry: Entry): void {
    if (entry.identityReason === '' || entry.acquiring !== null) return
    const { uid } = entry.workload
    entry.acquiring = this.#acquireAll(entry.workload)
      .then(
        () => (entry.identityReason = ''),
        (error: unknown) => {
          const reason = describeError(error)
          if (reason !== entry.identityReason) this.#log.warn('workload has no certificate', { uid, reason })
          entry.identityReason = reason
        },
      )
      .then(() => {
        entry.acquiring = null
        if (this.#entries.get(uid) !== entry) this.#identities.release(uid)
        else this.#report()
      })
  }

  async #acquireAll(workload: Workload): Promise<void> {
    const { uid, serviceAccount, publishPort } = workload
    await this.#identities.acquire(uid, this.#identityOf(workload, serviceAccount))
    if (publishPort > 0) await this.#identities.acquire(uid, this.#identityOf(workload, 'ingress'))
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
        workload,
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
    this.#report()
  }

  #report(): void {
    const states = this.tried()
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

/** It runs elsewhere than before: a pod that got a new sandbox. */
function hasMoved(before: Workload, now: Workload): boolean {
  return before.netnsPath !== now.netnsPath || before.cgroupPath !== now.cgroupPath || before.address !== now.address
}
