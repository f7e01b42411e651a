import type { Random } from '@weft/time'
import { Balancer } from '../balancer.ts'
import { type EndpointState, PickContext } from '../endpoint.ts'
import { mix32 } from '../hash.ts'
import type { BalancerClient, BalancerOptions } from '../options.ts'
import { EventQueue } from './event-queue.ts'
import { capacityPerSecond, endpointOf, type Server } from './server.ts'

export interface SimulationOptions {
  readonly servers: readonly Server[]
  /** Requests per second at a time; see {@link loadOf} for a share of what the servers can do. */
  ratePerSecond(nowMs: number): number
  readonly durationMs: number
  /** Requests before this are not counted: the balancer knows nothing yet. */
  readonly warmUpMs: number
  readonly balancer: Partial<BalancerOptions>
  readonly client?: Partial<BalancerClient>
  readonly random: Random
}

/** One request. */
export interface Sample {
  readonly atMs: number
  readonly server: string
  readonly latencyMs: number
  readonly ok: boolean
}

export interface SimulationResult {
  readonly samples: readonly Sample[]
  /** Requests that had no end when time was over; samples have them with their age then. */
  readonly unfinished: number
  /** Requests for which nobody was picked. */
  readonly unplaced: number
  latencyMs(quantile: number): number
  failureRatio(): number
  /** Share of a server, or of all whose key begins so, between two times. */
  share(key: string, fromMs?: number, toMs?: number): number
}

interface Request {
  readonly endpoint: EndpointState<Server>
  readonly startedAtMs: number
}

/** A server's line, and how many it works on. */
interface Line {
  readonly waiting: Request[]
  busy: number
}

type Event =
  | { readonly type: 'arrival' }
  | { readonly type: 'join' }
  | { readonly type: 'reaches'; readonly request: Request }
  | { readonly type: 'served'; readonly request: Request; readonly ok: boolean }
  | { readonly type: 'answered'; readonly request: Request; readonly ok: boolean }

/**
 * Sends open-loop traffic (Poisson arrivals) through a balancer to servers that have lines, in virtual time; the same seed
 * gives the same result. Source of the idea: Finagle's balancersim.
 */
export function simulate(options: SimulationOptions): SimulationResult {
  return new Simulation(options).run()
}

/** So much of what all servers can do together in the long run, in requests per second. */
export function loadOf(servers: readonly Server[], load: number): () => number {
  const ratePerSecond = load * servers.reduce((sum, one) => sum + capacityPerSecond(one), 0)
  return () => ratePerSecond
}

class Simulation {
  readonly #options: SimulationOptions
  readonly #balancer: Balancer<Server>
  readonly #events = new EventQueue<Event>()
  readonly #lines = new Map<string, Line>()
  readonly #context = new PickContext<Server>()
  readonly #samples: Sample[] = []
  #nowMs = 0
  #arrivals = 0
  readonly #unfinished = new Set<Request>()
  #unplaced = 0

  constructor(options: SimulationOptions) {
    this.#options = options
    this.#balancer = new Balancer<Server>(options.balancer, options.random, options.client)
    for (const { key, fromMs } of options.servers) {
      this.#lines.set(key, { waiting: [], busy: 0 })
      if (fromMs > 0) this.#events.add(fromMs, { type: 'join' })
    }
  }

  run(): SimulationResult {
    this.#updateEndpoints()
    this.#events.add(0, { type: 'arrival' })
    while (this.#events.nextAtMs <= this.#options.durationMs) {
      this.#nowMs = this.#events.nextAtMs
      this.#happen(this.#events.next()!)
    }
    this.#countUnfinished()
    return resultOf(this.#samples, this.#unfinished.size, this.#unplaced)
  }

  /** Those that are still waited for took at least as long as until now: without them the worst would look best. */
  #countUnfinished(): void {
    const { durationMs, warmUpMs } = this.#options
    for (const { endpoint, startedAtMs } of this.#unfinished) {
      if (startedAtMs < warmUpMs) continue
      this.#samples.push({ atMs: startedAtMs, server: endpoint.key, latencyMs: durationMs - startedAtMs, ok: true })
    }
  }

  #happen(event: Event): void {
    switch (event.type) {
      case 'join':
        return this.#updateEndpoints()
      case 'arrival':
        return this.#arrive()
      case 'reaches':
        return this.#queue(event.request)
      case 'served':
        return this.#leave(event.request, event.ok)
      case 'answered':
        return this.#answer(event.request, event.ok)
    }
  }

  #updateEndpoints(): void {
    const known = this.#options.servers.filter(({ fromMs }) => fromMs <= this.#nowMs)
    this.#balancer.update(known.map(endpointOf), this.#nowMs)
  }

  #arrive(): void {
    const { random, ratePerSecond } = this.#options
    const nowMs = this.#nowMs
    this.#events.add(nowMs - (Math.log(1 - random()) * 1000) / ratePerSecond(nowMs), { type: 'arrival' })
    this.#context.reset(nowMs, mix32(++this.#arrivals))
    const endpoint = this.#balancer.pick(this.#context)
    if (endpoint === null) {
      this.#unplaced++
      return
    }
    this.#balancer.started(endpoint, nowMs)
    const request = { endpoint, startedAtMs: nowMs }
    this.#unfinished.add(request)
    this.#events.add(nowMs + endpoint.target.rttMs / 2, { type: 'reaches', request })
  }

  #queue(request: Request): void {
    const { key, target } = request.endpoint
    const line = this.#lines.get(key)!
    if (line.busy < target.concurrency) this.#begin(request, line)
    else line.waiting.push(request)
  }

  #begin(request: Request, line: Line): void {
    const { target } = request.endpoint
    const ok = !target.fails(this.#nowMs, this.#options.random)
    const tookMs = ok ? target.serviceMs(this.#nowMs, this.#options.random) : 0
    line.busy++
    this.#events.add(this.#nowMs + tookMs, { type: 'served', request, ok })
  }

  #leave(request: Request, ok: boolean): void {
    const line = this.#lines.get(request.endpoint.key)!
    line.busy--
    const next = line.waiting.shift()
    if (next !== undefined) this.#begin(next, line)
    this.#events.add(this.#nowMs + request.endpoint.target.rttMs / 2, { type: 'answered', request, ok })
  }

  #answer(request: Request, ok: boolean): void {
    const { endpoint, startedAtMs } = request
    const latencyMs = this.#nowMs - startedAtMs
    this.#balancer.finished(endpoint, this.#nowMs, latencyMs, ok)
    this.#unfinished.delete(request)
    if (startedAtMs < this.#options.warmUpMs) return
    this.#samples.push({ atMs: startedAtMs, server: endpoint.key, latencyMs, ok })
  }
}

function resultOf(samples: readonly Sample[], unfinished: number, unplaced: number): SimulationResult {
  const sorted = Float64Array.from(samples, ({ latencyMs }) => latencyMs).sort()
  return {
    samples,
    unfinished,
    unplaced,
    latencyMs: (quantile) => (sorted.length === 0 ? NaN : sorted[Math.floor(quantile * (sorted.length - 1))]!),
    failureRatio: () => samples.filter(({ ok }) => !ok).length / samples.length,
    share: (key, fromMs = 0, toMs = Infinity) => {
      const within = samples.filter(({ atMs }) => atMs >= fromMs && atMs < toMs)
      return within.filter(({ server }) => server.startsWith(key)).length / within.length
    },
  }
}
