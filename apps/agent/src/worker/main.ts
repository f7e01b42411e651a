import { tryLoadAddon } from '@weft/ebpf'
import { jsonLogger, systemClock, systemRandom } from '@weft/host'
import type { FromWorker, ToWorker } from './messages.ts'
import { Worker } from './worker.ts'

// A data-plane process: forked by the supervisor, ends with it. SIGTERM and SIGINT are the supervisor's to act on.
let worker: Worker | null = null

function send(message: FromWorker): void {
  if (process.connected) process.send!(message)
}

process.on('message', (message: ToWorker) => {
  if (message.type === 'configure') {
    const { logLevel, index } = message.options
    const log = jsonLogger(`worker-${index}`, logLevel)
    worker = new Worker(message.options, { log, clock: systemClock, random: systemRandom, addon: tryLoadAddon(), send })
    send({ type: 'ready' })
    return
  }
  worker?.receive(message)
})
process.on('disconnect', () => process.exit(0))
process.on('SIGTERM', () => {})
process.on('SIGINT', () => {})
