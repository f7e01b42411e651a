import type { Context } from '../context.ts'
import type { FlagsOf, FlagTable } from './flag.ts'
import type { GlobalFlags } from './global-flags.ts'

/** What a command takes besides flags. */
export interface Operands {
  /** As help shows it: `KIND [NAME]`; '' for none. */
  readonly usage: string
  readonly min: number
  readonly max: number
  /** What the operands may be, for completion. */
  readonly words?: readonly string[]
}

export interface Invocation<Table extends FlagTable> {
  readonly flags: FlagsOf<Table> & GlobalFlags
  readonly given: ReadonlySet<string>
  readonly operands: readonly string[]
  readonly context: Context
}

/** One command: its words, its flags, its help and what it does. */
export interface Command<Table extends FlagTable = FlagTable> {
  readonly name: string
  /** One line, for the list of commands. */
  readonly summary: string
  /** Paragraphs of `--help`, after the summary. */
  readonly about: readonly string[]
  readonly flags: Table
  readonly operands: Operands
  /** Flags end at the first operand, because the rest belongs to another program. */
  readonly stopAtOperand?: boolean
  /** Command lines that work as they stand, without `weft`. */
  readonly examples: readonly string[]
  /** The exit code, or a Failure whose code is in the table of exit codes. */
  run(invocation: Invocation<Table>): Promise<number>
}

/** Keeps the types of a command's own flags while the table of commands holds them all alike. */
export function defineCommand<Table extends FlagTable>(command: Command<Table>): Command {
  return command as unknown as Command
}
