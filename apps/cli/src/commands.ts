import type { Command } from './command-line/command.ts'
import { applyCommand } from './commands/apply.ts'
import { checkCommand } from './commands/check.ts'
import { completionCommand } from './commands/completion.ts'
import { deleteCommand } from './commands/delete.ts'
import { downCommand } from './commands/down.ts'
import { explainCommand } from './commands/explain.ts'
import { getCommand } from './commands/get.ts'
import { installCommand } from './commands/install.ts'
import { logsCommand } from './commands/logs.ts'
import { proxyCommand } from './commands/proxy.ts'
import { runCommand } from './commands/run.ts'
import { statCommand } from './commands/stat.ts'
import { statusCommand } from './commands/status.ts'
import { upCommand } from './commands/up.ts'
import { versionCommand } from './commands/version.ts'

/** All commands, in the order in which help shows them. */
export const commands: readonly Command[] = [
  upCommand,
  runCommand,
  downCommand,
  statusCommand,
  statCommand,
  applyCommand,
  getCommand,
  deleteCommand,
  explainCommand,
  checkCommand,
  installCommand,
  logsCommand,
  proxyCommand,
  completionCommand,
  versionCommand,
]
