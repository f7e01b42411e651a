/** Something that has octets which were lent to it. */
export interface Keeper {
  /** They are about to change: copies what it still needs. */
  keep(): void
}

const waiting: Keeper[] = []

/**
 * Calls `keep` at the last moment at which octets that were lent in this turn are whole: after the microtasks, in which
 * most of them go their way, and before anything more is received.
 */
export function keepSoon(keeper: Keeper): void {
  if (waiting.push(keeper) === 1) queueMicrotask(afterMicrotasks)
}

/** Ticks run when no microtask is left. */
function afterMicrotasks(): void {
  process.nextTick(keepAll)
}

function keepAll(): void {
  for (let i = 0; i < waiting.length; i++) waiting[i]!.keep()
  waiting.length = 0
}
