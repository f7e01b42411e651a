import { Histogram, type Registry } from 'prom-client'
import { metricNames } from './metric-names.ts'

const BUCKETS_SECONDS = [0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.2, 0.5, 1, 2, 5, 20]

/** What enrolment adds to the start of pods, as the agent sees it: from the question of the CNI plugin to the answer. */
export class EnrolmentMetrics {
  readonly #took: Histogram

  constructor() {
    const help = 'Time that a starting pod waited until it was captured.'
    this.#took = new Histogram({ name: metricNames.podEnrolment, help, buckets: BUCKETS_SECONDS, registers: [] })
  }

  record(tookMs: number): void {
    this.#took.observe(tookMs / 1000)
  }

  register(registry: Registry): void {
    registry.registerMetric(this.#took)
  }
}
