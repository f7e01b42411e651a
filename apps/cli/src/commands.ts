import type { Command } from './command-line/command.ts'
import { completionCommand } from './commands/completion.ts'
import { downCommand } from './commands/down.ts'
import { upCommand } from './commands/up.ts'
import { versionCommand } from './commands/version.ts'

/** All commands, in the order in which help shows them. */
export const commands: readonly Command[] = [upCommand, downCommand, completionCommand, versionCommand]
