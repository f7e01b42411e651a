/** Something with output that waits for the end of the present callback. */
export interface Flushable {
  flushScheduled: boolean
  flush(): void
}

const waiting: Flushable[] = []
let isInTurn = false
let turnsEnded = 0

/** Changes when what was lent in a turn is lent no more. */
export function turnNumber(): number {
  return turnsEnded
}

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
  turnsEnded++
}

/** A schedule that runs its one task at the end of the turn. */
export function turnSchedule(): (task: () => void) => void {
  const ending = new TurnEnd()
  return (task) => ending.run(task)
}

class TurnEnd implements Flushable {
  flushScheduled = false
  #task: () => void = () => {}

  run(task: () => void): void {
    this.#task = task
    if (this.flushScheduled) return
    this.flushScheduled = true
    scheduleFlush(this)
  }

  flush(): void {
    this.flushScheduled = false
    this.#task()
  }
}
