import type { Random } from '@weft/time'
import type { Endpoint, Locality } from '../endpoint.ts'

/** One simulated server: how many requests it works on at once, how long each takes, how far away it is. */
export interface Server {
  readonly key: string
  /** Requests beyond this wait in line. */
  readonly concurrency: number
  /** Time of one request that is begun now. */
  serviceMs(nowMs: number, random: Random): number
  /** Whether a request that is begun now fails; it then takes no time. */
  fails(nowMs: number, random: Random): boolean
  /** To the server and back. */
  readonly rttMs: number
  readonly weight: number
  readonly priority: number
  readonly locality: Locality
  /** It is known of from then on. */
  readonly fromMs: number
}

const MEAN_MS = 10

/** A server like any other: 10 ms, give or take, four at once, 1 ms away. */
export function server(key: string, more: Partial<Server> = {}): Server {
  return {
    key,
    concurrency: 4,
    serviceMs: (_, random) => jittered(MEAN_MS, random),
    fails: () => false,
    rttMs: 1,
    weight: 1,
    priority: 0,
    locality: { region: '', zone: '' },
    fromMs: 0,
    ...more,
  }
}

/** Takes `times` as long as others. */
export function slow(key: string, times: number, more: Partial<Server> = {}): Server {
  return server(key, { serviceMs: (_, random) => jittered(MEAN_MS * times, random), ...more })
}

/** Joins at `fromMs` and is `times` as slow at first; after `warmMs` it is like any other. */
export function cold(key: string, fromMs: number, warmMs: number, times: number): Server {
  return server(key, {
    fromMs,
    serviceMs: (nowMs, random) => {
      const left = Math.max(0, 1 - (nowMs - fromMs) / warmMs)
      return jittered(MEAN_MS * (1 + (times - 1) * left), random)
    },
  })
}

/** Fails with that chance, at once, within that time. */
export function failing(key: string, chance: number, fromMs = 0, untilMs = Infinity): Server {
  return server(key, { fails: (nowMs, random) => nowMs >= fromMs && nowMs < untilMs && random() < chance })
}

/** Stands still for `pauseMs` every `periodMs`, as one that collects garbage. */
export function bursty(key: string, periodMs: number, pauseMs: number): Server {
  return server(key, {
    serviceMs: (nowMs, random) => {
      const within = nowMs % periodMs
      return jittered(MEAN_MS, random) + (within < pauseMs ? pauseMs - within : 0)
    },
  })
}

/** Works off so many requests a second, over a minute from its start. */
export function capacityPerSecond(one: Server): number {
  let sumMs = 0
  for (let i = 0; i < 600; i++) sumMs += one.serviceMs(one.fromMs + 100 * i, () => ((i * 7) % 20) / 20 + 0.025)
  return (one.concurrency * 1000 * 600) / sumMs
}

export function endpointOf(one: Server): Endpoint<Server> {
  return { key: one.key, weight: one.weight, target: one, priority: one.priority, locality: one.locality }
}

/** Half exponential, half fixed: some requests take several times as long as most. */
function jittered(meanMs: number, random: Random): number {
  return meanMs * (0.5 - 0.5 * Math.log(1 - random()))
}
