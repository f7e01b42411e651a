/** Something with output that waits for the end of the present callback. */
export interface Flushable {
  flushScheduled: boolean
  flush(): void
}

const waiting: Flushable[] = []
let isInTurn = false

/** Calls `flush` once the present callback is over. Whoever is scheduled keeps `flushScheduled` true until then. */
export function scheduleFlush(target: Flushable): void {
  if (waiting.push(target) === 1 && !isInTurn) process.nextTick(flushAll)
}

/** Runs `turn`, within which many callbacks happen, and then what they scheduled: once for all of them. */
export function inTurn(turn: (argument: number) => void, argument: number): void {
  isInTurn = true
  try {
    turn(argument)
  } finally {
    isInTurn = false
    flushAll()
  }
}

function flushAll(): void {
  // A flush may schedule others: the array grows while it is walked, and they go out in the same tick.
  for (let i = 0; i < waiting.length; i++) waiting[i]!.flush()
  waiting.length = 0
}
