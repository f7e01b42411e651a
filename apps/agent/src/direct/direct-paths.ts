import { type DirectCounts, type DirectPath, type DirectPlan, type MayContinue, noDirectPlan } from '@weft/ebpf'
import { describeError } from '@weft/faults'
import type { Component } from '@weft/lifecycle'
import type { Logger } from '@weft/telemetry'
import type { Clock, Timer } from '@weft/time'
import type { TrafficCountData } from '../worker/messages.ts'
import type { DirectConfigured, DirectInputs, DirectLocal } from './direct-inputs.ts'
import { DirectPlanner, type DirectPlannerOptions } from './direct-planner.ts'
import { directTraffic } from './direct-traffic.ts'

const COUNT_EVERY_MS = 1_000
/** Of counts. */
const SWEEP_EVERY = 60

export interface DirectPathsOptions extends DirectPlannerOptions {
  /** Why nothing goes without the agent whatever the kernel can do, '' where it may. */
  readonly off: string
}

export interface DirectPathsParts {
  /** Null while nothing is captured; called anew each time. */
  readonly path: () => DirectPath | null
  /** Null while there is no configuration. */
  readonly configured: () => DirectConfigured | null
  readonly local: () => readonly DirectLocal[]
  readonly onTraffic: (counts: readonly TrafficCountData[]) => void
}

/**
 * Keeps the kernel's way without the agent up to what is configured and enrolled, and tells what went there.
 *
 * `refresh` is called with every change before it is acknowledged. A caller whose connection was not recognised where it
 * arrived (its address is changed on the way) goes by the agent from then on.
 */
export class DirectPaths implements Component {
  readonly #options: DirectPathsOptions
  readonly #parts: DirectPathsParts
  readonly #planner: DirectPlanner
  readonly #clock: Clock
  readonly #log: Logger
  /** Totals that were told, by caller, asked and callee. */
  #told = new Map<string, DirectCounts>()
  readonly #unproven = new Set<bigint>()
  #timer: Timer | null = null
  #isStarted = false
  #reason = ''
  #isDue = false
  #counts = 0
  /** What connections that are open depend on, as of the last review. */
  #reviewed: readonly unknown[] = []
  #local = ''
  #plan: DirectPlan = noDirectPlan

  constructor(options: DirectPathsOptions, parts: DirectPathsParts, clock: Clock, log: Logger) {
    this.#options = options
    this.#parts = parts
    this.#planner = new DirectPlanner(options)
    this.#clock = clock
    this.#log = log
  }

  async start(): Promise<void> {
    this.#isStarted = true
    const path = this.#parts.path()
    if (path === null) return
    for (const counts of path.counts()) this.#told.set(keyOf(counts), counts)
    this.refresh()
    this.#schedule()
  }

  async drain(): Promise<void> {
    this.stop()
  }

  stop(): void {
    this.#timer?.cancel()
    this.#isStarted = false
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.stop()
  }

  /**
   * Makes the kernel do as is configured now. When it returns, what is forbidden is forbidden, and has ended.
   * Faults: Failure `socket_stays`, SystemError: something that is forbidden may still be open.
   */
  refresh(): void {
    const path = this.#isStarted ? this.#parts.path() : null
    const inputs = path === null ? null : this.#inputs()
    if (path === null || inputs === null) return
    const reason = this.#options.off !== '' ? this.#options.off : path.unavailable
    if (reason !== this.#reason) this.#log.info('everything goes by the agent', { reason })
    this.#reason = reason
    if (path.unavailable !== '') return
    this.#local = textOfLocal(inputs.local)
    // Also where it is off: what went that way before ends.
    const planned = this.#planner.plan(inputs)
    this.#plan = reason === '' ? planned : noDirectPlan
    const review = this.#planner.reviewed()
    const isSame = review.length === this.#reviewed.length && review.every((one, i) => one === this.#reviewed[i])
    const mayContinue: MayContinue = (caller, callee) => reason === '' && this.#planner.mayContinue(caller, callee)
    const { revoked, ended, skipped } = path.apply(this.#plan, isSame ? null : mayContinue)
    this.#reviewed = review
    if (revoked + ended + skipped > 0) this.#log.debug('pairs without the agent', { revoked, ended, skipped })
  }

  /** As {@link refresh}, at the next turn, for what need not be waited for. */
  refreshSoon(): void {
    if (this.#isDue || !this.#isStarted) return
    this.#isDue = true
    this.#clock.after(0, () => {
      this.#isDue = false
      if (textOfLocal(this.#parts.local()) !== this.#local) this.#refreshQuietly()
    })
  }

  /** For the admin page. */
  describe(): unknown {
    const path = this.#isStarted ? this.#parts.path() : null
    const off = this.#options.off !== '' ? this.#options.off : (path?.unavailable ?? 'nothing is captured')
    return {
      off,
      services: this.#plan.services.map(({ at, endpoints }) => ({
        at: textOf(at),
        endpoints: endpoints.map(textOf),
      })),
      callees: this.#plan.callees.map((callee) => ({
        at: textOf(callee),
        allowed: [...callee.verdicts.values()].filter((verdict) => verdict === 'allow').length,
        refused: [...callee.verdicts.values()].filter((verdict) => verdict === 'refuse').length,
      })),
      byAgent: Object.fromEntries(this.#planner.why),
      open: path?.flows().length ?? 0,
    }
  }

  #refreshQuietly(): void {
    try {
      this.refresh()
    } catch (error) {
      // At the next tick again: what is reviewed is noted only when it is done.
      this.#local = ''
      this.#log.error('cannot take connections back that go without the agent', { error: describeError(error) })
    }
  }

  #inputs(): DirectInputs | null {
    const configured = this.#parts.configured()
    if (configured === null) return null
    return { ...configured, local: this.#parts.local().filter(({ cgroupId }) => !this.#unproven.has(cgroupId)) }
  }

  #schedule(): void {
    this.#timer = this.#clock.after(COUNT_EVERY_MS, () => {
      try {
        this.#count()
      } catch (error) {
        this.#log.warn('cannot read what goes without the agent', { error: describeError(error) })
      }
      // Certificates end without anybody saying so.
      this.refreshSoon()
      if (this.#isStarted) this.#schedule()
    })
  }

  #count(): void {
    const path = this.#parts.path()
    if (++this.#counts % SWEEP_EVERY === 0 && path?.isCrowded === true) path.sweep()
    const news = path?.counts().filter((counts) => isNews(counts, this.#told.get(keyOf(counts)))) ?? []
    const configured = news.length === 0 ? null : this.#parts.configured()
    if (path === null || configured === null) return
    const inputs = { ...configured, local: this.#parts.local() }
    const traffic: TrafficCountData[] = []
    const before = this.#unproven.size
    for (const counts of news) {
      const told = this.#told.get(keyOf(counts))
      traffic.push(...directTraffic(counts, told, inputs, this.#options.trustDomain))
      if (counts.unproven > (told?.unproven ?? 0)) this.#distrust(counts, inputs)
      this.#told.set(keyOf(counts), counts)
    }
    this.#parts.onTraffic(traffic)
    this.#forgetGone(path, inputs)
    if (this.#unproven.size > before) this.#refreshQuietly()
  }

  #forgetGone(path: DirectPath, { local }: DirectInputs): void {
    const here = new Set(local.map(({ cgroupId }) => cgroupId))
    for (const [key, counts] of this.#told) {
      if (here.has(counts.caller)) continue
      path.forgetCounts(counts)
      this.#told.delete(key)
    }
    for (const cgroup of this.#unproven) if (!here.has(cgroup)) this.#unproven.delete(cgroup)
  }

  #distrust({ caller, callee }: DirectCounts, { local }: DirectInputs): void {
    if (this.#unproven.has(caller)) return
    this.#unproven.add(caller)
    this.#log.warn('a connection was not recognised where it arrived: its caller goes by the agent from now on', {
      caller: local.find(({ cgroupId }) => cgroupId === caller)?.uid ?? String(caller),
      callee: textOf(callee),
    })
  }
}

function isNews(now: DirectCounts, before: DirectCounts | undefined): boolean {
  const { opened, closed, failed, refused, unproven } = now
  const sum = (before?.opened ?? 0) + (before?.closed ?? 0) + (before?.failed ?? 0) + (before?.refused ?? 0)
  return opened + closed + failed + refused + unproven !== sum + (before?.unproven ?? 0)
}

function textOfLocal(local: readonly DirectLocal[]): string {
  return local.map(({ uid, cgroupId, isEnrolled }) => `${uid} ${cgroupId} ${isEnrolled}`).join()
}

function textOf({ address, port }: { readonly address: string; readonly port: number }): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}

function keyOf({ caller, asked, callee }: DirectCounts): string {
  return `${caller} ${textOf(asked)} ${textOf(callee)}`
}
