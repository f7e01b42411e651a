import { Http2Counters } from '@weft/http2'
import { Http1Counters } from '@weft/http-proxy'
import { Counter, type Registry } from 'prom-client'
import type { RefusalCountData } from '../worker/messages.ts'
import { metricNames } from './metric-names.ts'

/** Who was refused, by what it spoke. */
const sides: readonly (readonly [RefusalCountData['protocol'], RefusalCountData['side']])[] = [
  ['http1', 'client'],
  ['http1', 'upstream'],
  ['http2', 'client'],
  ['http2', 'upstream'],
  ['http2', 'tunnel'],
]

/**
 * How often peers of HTTP went over a limit or sent what is no HTTP, over all workers of all time. The series are known
 * from the start, one for each side and reason, so a worker can add none.
 */
export class RefusalMetrics {
  readonly #counts = new Map<string, RefusalCountData>()

  constructor() {
    for (const [protocol, side] of sides) {
      const reasons = protocol === 'http1' ? new Http1Counters().refused : new Http2Counters()
      for (const reason of Object.keys(reasons))
        this.#counts.set(keyOf(protocol, side, reason), zero(protocol, side, reason))
    }
  }

  add(counts: readonly RefusalCountData[]): void {
    for (const added of counts) {
      const key = keyOf(added.protocol, added.side, added.reason)
      const known = this.#counts.get(key)
      if (known !== undefined) this.#counts.set(key, { ...known, count: known.count + added.count })
    }
  }

  register(registry: Registry): void {
    const counter: Counter = new Counter({
      name: metricNames.httpRefusals,
      help: 'Peers of HTTP that went over a limit or sent what is no HTTP, by side and reason.',
      labelNames: ['protocol', 'side', 'reason'],
      registers: [registry],
      collect: () => {
        counter.reset()
        for (const { protocol, side, reason, count } of this.#counts.values()) {
          counter.inc({ protocol, side, reason: snake(reason) }, count)
        }
      },
    })
  }
}

function zero(
  protocol: RefusalCountData['protocol'],
  side: RefusalCountData['side'],
  reason: string,
): RefusalCountData {
  return { protocol, side, reason, count: 0 }
}

function keyOf(protocol: string, side: string, reason: string): string {
  return `${protocol} ${side} ${reason}`
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
