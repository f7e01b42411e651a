import { LiveRegion } from '@weft/terminal'
import type { Context } from '../context.ts'
import type { Progress } from '../supervisor/mesh-supervisor.ts'

export interface ProgressDisplay {
  show(progress: Progress): void
  /** Takes the display away; what follows is ordinary output. */
  end(): void
}

const MARKS: Record<Progress['state'], string> = { starting: '…', ready: '✓', restarting: '↻', ended: '■' }

/** On a terminal a list of steps that ticks off in place, with times; nothing otherwise: a pipe gets results alone. */
export function startProgress(context: Context): ProgressDisplay {
  const { err, clock } = context
  if (!err.isTerminal) return { show: () => {}, end: () => {} }
  const region = new LiveRegion(err)
  const steps = new Map<string, { state: Progress['state']; sinceMs: number; tookMs: number }>()
  const draw = (): void => {
    region.show(
      [...steps].map(([what, { state, tookMs }]) => {
        const line = `  ${MARKS[state]} ${what.padEnd(18)}`
        return state === 'ready'
          ? `${err.style.good(line)}${err.style.dim(`${Math.round(tookMs)} ms`)}`
          : err.style.dim(line)
      }),
    )
  }
  return {
    show({ what, state }) {
      const known = steps.get(what)
      const sinceMs = state === 'starting' || known === undefined ? clock.nowMs() : known.sinceMs
      steps.set(what, { state, sinceMs, tookMs: clock.nowMs() - sinceMs })
      draw()
    },
    end: () => region.clear(),
  }
}
