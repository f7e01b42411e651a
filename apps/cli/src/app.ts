import { nearest } from '@weft/config'
import { describeError, Failure } from '@weft/faults'
import { printable } from '@weft/terminal'
import type { Command } from './command-line/command.ts'
import { globalFlags } from './command-line/global-flags.ts'
import { commandHelp, generalHelp } from './command-line/help.ts'
import { parseArguments } from './command-line/parse-arguments.ts'
import { commands } from './commands.ts'
import type { Context } from './context.ts'
import { exitCodeOf, exitCodes } from './exit-codes.ts'

/** Runs one command line and returns its exit code. Failures become one message on standard error; bugs are thrown. */
export async function runCli(argv: readonly string[], context: Context): Promise<number> {
  try {
    return await dispatch(argv, context)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    const lines = describeError(error).split('\n')
    context.err.write(lines.map((line) => `weft: ${printable(line)}\n`).join(''))
    return exitCodeOf(error.code)
  }
}

async function dispatch(argv: readonly string[], context: Context): Promise<number> {
  const front = parseArguments(globalFlags, argv, { stopAtOperand: true, program: 'weft' })
  const [word, ...rest] = front.operands
  if (word === undefined || word === 'help') {
    const asked = rest.length > 0 ? findCommand(rest[0]!) : null
    const isError = word === undefined && !front.flags.help
    const text = asked === null ? generalHelp(commands, context.out.columns) : commandHelp(asked, context.out.columns)
    ;(isError ? context.err : context.out).write(text)
    return isError ? exitCodes.usage.code : exitCodes.ok.code
  }
  const command = findCommand(word)
  if (front.flags.help || asksForHelp(command, rest)) {
    context.out.write(commandHelp(command, context.out.columns))
    return exitCodes.ok.code
  }
  const globalWords = argv.slice(0, argv.length - front.operands.length).filter((each) => each !== '--')
  const parsed = parseArguments({ ...command.flags, ...globalFlags }, [...globalWords, ...rest], {
    stopAtOperand: command.stopAtOperand ?? false,
    program: `weft ${command.name}`,
  })
  checkOperands(command, parsed.operands)
  return command.run({ flags: parsed.flags as never, given: parsed.given, operands: parsed.operands, context })
}

function findCommand(word: string): Command {
  const command = commands.find((candidate) => candidate.name === word)
  if (command === undefined) {
    const names = commands.map((candidate) => candidate.name)
    throw new Failure(
      'usage',
      `${JSON.stringify(word)} is not a command${nearest(word, names)}: expected one of ${names.join(', ')}; see weft --help`,
    )
  }
  return command
}

/** `--help` before anything that belongs to another program, whatever else is wrong with the line. */
function asksForHelp(command: Command, words: readonly string[]): boolean {
  const end = words.indexOf('--')
  const own = end < 0 ? words : words.slice(0, end)
  if (!command.stopAtOperand || end >= 0) return own.includes('--help') || own.includes('-h')
  return own[0] === '--help' || own[0] === '-h'
}

function checkOperands(command: Command, operands: readonly string[]): void {
  const { min, max, usage } = command.operands
  const expected = usage === '' ? 'no operands' : usage
  if (operands.length < min) {
    throw new Failure('usage', `weft ${command.name}: found ${operands.length} operands, expected ${expected}`)
  }
  if (operands.length > max) {
    throw new Failure('usage', `weft ${command.name}: found ${JSON.stringify(operands[max])}, expected ${expected}`)
  }
}
