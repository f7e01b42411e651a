import { describeError, Failure } from '@weft/faults'
import { jsonLogger, systemClock } from '@weft/host'
import type { StandaloneConfig } from './config.ts'
import { readProxyFile } from './proxy-file.ts'
import { Standalone } from './standalone.ts'

/** Exit codes, as in the table of the CLI. */
const FAILED = 1
const WRONG = 2
const TAKEN = 8

/** Runs the proxy in the foreground until a signal ends it; resolves with the exit code. */
export async function runStandalone(load: () => StandaloneConfig): Promise<number> {
  try {
    const config = load()
    return config.check ? check(config) : await serve(config)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    tell(describeError(error))
    return exitCodeOf(error)
  }
}

function check(config: StandaloneConfig): number {
  const { resources } = readProxyFile(config.file, config.bind)
  const ports = resources.filter(({ kind }) => kind === 'GatewayPort').length
  process.stdout.write(`weft: ${config.file} is right: ${ports} ${ports === 1 ? 'port' : 'ports'}\n`)
  return 0
}

async function serve(config: StandaloneConfig): Promise<number> {
  const proxy = new Standalone(config, jsonLogger('proxy', config.logLevel))
  try {
    await proxy.start()
  } catch (error) {
    proxy.stop()
    throw error
  }
  process.stdout.write(`weft: ready: ${proxy.describe()}\n`)
  await endSignal()
  process.on('SIGINT', () => process.exit(0))
  process.on('SIGTERM', () => process.exit(0))
  await proxy.drain(systemClock.nowMs() + config.drainTimeout)
  proxy.stop()
  return 0
}

function endSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve())
    process.once('SIGINT', () => resolve())
  })
}

function tell(message: string): void {
  for (const line of message.split('\n')) process.stderr.write(`weft: ${line}\n`)
}

function exitCodeOf({ code }: Failure): number {
  if (code === 'invalid_argument' || code === 'config' || code === 'file') return WRONG
  return code === 'listen' ? TAKEN : FAILED
}
