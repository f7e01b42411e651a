import type { Clock, Timer } from '@weft/time'

/** The machine's clock. Timers do not keep the process alive by themselves. */
export const systemClock: Clock = {
  nowMs: () => performance.now(),
  wallMs: () => Date.now(),
  after(delayMs: number, task: () => void): Timer {
    const handle = setTimeout(task, Math.max(0, delayMs))
    handle.unref()
    return { cancel: () => clearTimeout(handle) }
  },
  sleepUntil: (atMs) => new Promise((resolve) => void setTimeout(resolve, Math.max(0, atMs - performance.now()))),
}

export const systemRandom = Math.random
