import { Failure } from '@weft/faults'
import { nearest } from '@weft/config'
import { completionScript, shells } from '../command-line/completion-script.ts'
import { defineCommand } from '../command-line/command.ts'
import { exitCodes } from '../exit-codes.ts'

export const completionCommand = defineCommand({
  name: 'completion',
  summary: 'Print a completion script for a shell',
  about: ['The script completes commands, flags and kinds of resources. It is made from the same tables as this help.'],
  flags: {},
  operands: { usage: shells.join('|'), min: 1, max: 1, words: shells },
  examples: ['completion bash > /etc/bash_completion.d/weft', 'completion fish | source'],
  async run({ operands, context }) {
    const shell = shells.find((known) => known === operands[0])
    if (shell === undefined) {
      const found = JSON.stringify(operands[0])
      throw new Failure(
        'usage',
        `weft completion: found ${found}${nearest(operands[0]!, shells)}, expected one of ${shells.join(', ')}`,
      )
    }
    // Imported late: the table of commands holds this command too.
    const { commands } = await import('../commands.ts')
    context.out.write(completionScript(shell, commands))
    return exitCodes.ok.code
  },
})
