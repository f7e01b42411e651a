import type { Component } from './component.ts'

/** A component made of functions, for what has no state worth a class. What is not given does nothing. */
export function component(parts: {
  readonly start?: () => void | Promise<void>
  readonly drain?: (deadlineMs: number) => void | Promise<void>
  readonly stop?: () => void
}): Component {
  const stop = (): void => parts.stop?.()
  return {
    start: async () => parts.start?.(),
    drain: async (deadlineMs) => parts.drain?.(deadlineMs),
    stop,
    [Symbol.asyncDispose]: async () => stop(),
  }
}
