/** As far as this asks, `Registry` of prom-client. */
interface Registry {
  removeSingleMetric(name: string): void
}

/** So late that it never fires. */
const NEVER_MS = 2 ** 31 - 1

/**
 * The usual numbers of a process (`collectDefaultMetrics` of prom-client), but for the distribution of the event loop's lag:
 * a timer that fires every 10 ms is what it is measured with, and that was all that an idle process did, half a hundredth of
 * a processor. `nodejs_eventloop_lag_seconds`, measured at each scrape, stays.
 */
export function collectProcessMetrics<R extends Registry>(
  collectDefaultMetrics: (options: { register: R; eventLoopMonitoringPrecision: number }) => void,
  registry: R,
): void {
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: NEVER_MS })
  for (const word of ['min', 'max', 'mean', 'stddev', 'p50', 'p90', 'p99'])
    registry.removeSingleMetric(`nodejs_eventloop_lag_${word}_seconds`)
}
