import type { TestContext } from 'vitest'

declare module 'vitest' {
  interface TaskMeta {
    figures?: string[]
  }
}

/** Puts a measured figure into the table at the end of the run. */
export function note({ task }: TestContext, figure: string): void {
  task.meta.figures = [...(task.meta.figures ?? []), figure]
}
