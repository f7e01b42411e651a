import { userInfo } from 'node:os'
import type { Clock } from '@weft/time'
import { colourStyle, plainStyle, type Screen, type Style } from '@weft/terminal'

/** One of the program's outputs: a screen when people look at it, else a stream of plain lines. */
export interface Output extends Screen {
  readonly isTerminal: boolean
  readonly style: Style
}

/** Everything of the process that a command may touch, so that a test can stand in for it. */
export interface Context {
  readonly out: Output
  readonly err: Output
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly clock: Clock
  readonly isRoot: boolean
  readonly userName: string
  readStdin(): Promise<string>
}

/** Colour only on a terminal, and never under NO_COLOR (no-color.org) or TERM=dumb. */
export function outputOf(stream: NodeJS.WriteStream, env: Context['env']): Output {
  const isTerminal = stream.isTTY === true && env['TERM'] !== 'dumb'
  return {
    write: (text) => void stream.write(text),
    isTerminal,
    style: isTerminal && !env['NO_COLOR'] ? colourStyle : plainStyle,
    get columns() {
      return stream.columns || 80
    },
    get rows() {
      return stream.rows || 24
    },
  }
}

/** A container may run under an id that has no name. */
export function nameOfUser(): string {
  try {
    return userInfo().username
  } catch {
    return `uid ${process.geteuid?.() ?? 'unknown'}`
  }
}
