import { flushCompileCache } from 'node:module'
import type { SocketHandle } from '@weft/channel'
import { tryLoadAddon } from '@weft/ebpf'
import { jsonLogger, settleMemory, systemClock, systemRandom } from '@weft/host'
import type { FromWorker, ToWorker } from './messages.ts'
import { releaseMemory } from './release-memory.ts'
import { Worker } from './worker.ts'

// A data-plane process: forked by the supervisor, ends with it, or after it where it drains and was told to go on.
// SIGTERM and SIGINT are the supervisor's to act on.
let worker: Worker | null = null

function send(message: FromWorker): void {
  if (process.connected) process.send!(message)
}

/** A bug: told, and the process ends; the supervisor starts another. */
function crash(error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  jsonLogger('worker', 'error').error('bug', { error: text, pid: process.pid })
  process.exit(1)
}

// Not started by a supervisor: only to have its sources compiled for those that are.
if (!process.connected) {
  flushCompileCache()
  process.exit(0)
}

process.on('message', (message: ToWorker, handle: unknown) => {
  if (message.type === 'configure') {
    const { logLevel, index } = message.options
    const log = jsonLogger(`worker-${index}`, logLevel)
    const addon = tryLoadAddon()
    worker = new Worker(message.options, { log, clock: systemClock, random: systemRandom, addon, send })
    settleMemory(() => releaseMemory(addon))
    send({ type: 'ready' })
    // A worker ends without a chance to: the next one need neither strip types nor hold what strips them, 20 MiB.
    flushCompileCache()
    return
  }
  worker?.receive(message, (handle as SocketHandle | undefined) ?? null)
})
process.on('uncaughtException', crash)
process.on('unhandledRejection', crash)
process.on('disconnect', () => (worker === null ? process.exit(0) : worker.leave(() => process.exit(0))))
process.on('SIGTERM', () => {})
process.on('SIGINT', () => {})
