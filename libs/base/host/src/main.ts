import { describeError, Failure } from '@weft/faults'
import type { Component } from '@weft/lifecycle'
import type { Logger } from '@weft/telemetry'
import { systemClock } from './clock.ts'
import { settleMemory } from './settle-memory.ts'

/** By then what comes right after the start, such as first lists and first subscribers, has come. */
const SETTLE_AFTER_MS = 10_000

/**
 * Runs one component as a whole process: make it, start, tell the parent `{ready: true, pid}` over IPC when there is one
 * (a launcher may stand in between, and a parent be told by several lives), wait for
 * SIGTERM or SIGINT (or the loss of the parent), drain for at most `drainMs`, stop, exit. Once the start is over it gives
 * memory back, with `release` as {@link settleMemory} says.
 *
 * Exit codes: 0 ended as asked, 1 could not start or a bug, 2 its settings are wrong: it would end so again. A second signal
 * ends at once.
 */
export async function runMain(
  make: () => Component | Promise<Component>,
  log: Logger,
  drainMs = 10_000,
  release?: () => void,
): Promise<never> {
  // State of a part is its own: what it creates nobody else may read, whatever the umask of the shell it was started from.
  process.umask(0o077)
  process.on('uncaughtException', (error) => crash(log, 'uncaught exception', error))
  process.on('unhandledRejection', (error) => crash(log, 'unhandled rejection', error))
  const component = await startOrExit(make, log)
  process.send?.({ ready: true, pid: process.pid })
  systemClock.after(SETTLE_AFTER_MS, () => settleMemory(release))
  const why = await endSignal()
  log.info('draining', { why })
  process.on('SIGINT', () => process.exit(0))
  process.on('SIGTERM', () => process.exit(0))
  await component
    .drain(systemClock.nowMs() + drainMs)
    .catch((error) => log.warn('drain', { error: describeError(error) }))
  component.stop()
  process.exit(0)
}

async function startOrExit(make: () => Component | Promise<Component>, log: Logger): Promise<Component> {
  let component: Component | null = null
  try {
    component = await make()
    await component.start()
    return component
  } catch (error) {
    const code = error instanceof Failure ? error.code : 'bug'
    log.error('cannot start', { error: describeError(error), code })
    component?.stop()
    process.exit(code === 'config' ? 2 : 1)
  }
}

function endSignal(): Promise<string> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve('SIGTERM'))
    process.once('SIGINT', () => resolve('SIGINT'))
    if (process.connected) process.once('disconnect', () => resolve('the parent process is gone'))
  })
}

function crash(log: Logger, what: string, error: unknown): never {
  log.error(what, { error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  process.exit(1)
}
