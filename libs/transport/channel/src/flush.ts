/** Something with output that waits for the end of the present callback. */
export interface Flushable {
  flushScheduled: boolean
  flush(): void
}

const waiting: Flushable[] = []

/** Calls `flush` once the present callback is over. Whoever is scheduled keeps `flushScheduled` true until then. */
export function scheduleFlush(target: Flushable): void {
  if (waiting.push(target) === 1) process.nextTick(flushAll)
}

function flushAll(): void {
  // A flush may schedule others: the array grows while it is walked, and they go out in the same tick.
  for (let i = 0; i < waiting.length; i++) waiting[i]!.flush()
  waiting.length = 0
}
