import { isIP } from 'node:net'
import { tryLoadAddon } from '@weft/ebpf'
import { describeError, Failure } from '@weft/faults'
import { jsonLogger, settleMemory, systemClock } from '@weft/host'
import { releaseMemory } from '../worker/release-memory.ts'
import type { StandaloneConfig } from './config.ts'
import { FileWatch } from './file-watch.ts'
import { describePorts } from './port-names.ts'
import { readProxyFile } from './proxy-file.ts'
import { Reloads } from './reloads.ts'
import { Standalone } from './standalone.ts'

const PARENT_LOOK_MS = 500

/** Exit codes, as in the table of the CLI. */
const codes = { ok: 0, failed: 1, wrong: 2, taken: 8 }

/** Runs the proxy in the foreground until a signal ends it; resolves with the exit code. */
export async function runStandalone(load: () => StandaloneConfig): Promise<number> {
  // Whoever read our lines may go away; that is no reason to stop serving.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  try {
    const config = load()
    const wrong = config.bind.find((host) => isIP(host) === 0)
    if (wrong !== undefined) {
      throw new Failure('config', `--bind: found ${JSON.stringify(wrong)}, expected an IPv4 or IPv6 address`)
    }
    return config.check ? check(config) : await serve(config)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    for (const line of describeError(error).split('\n')) tell(line)
    return exitCodeOf(error)
  }
}

function check(config: StandaloneConfig): number {
  const { resources } = readProxyFile(config.file, config.bind)
  const ports = resources.flatMap((resource) => (resource.kind === 'GatewayPort' ? [resource.value] : []))
  say(`${config.file} is right: ${describePorts(ports)}`)
  return codes.ok
}

async function serve(config: StandaloneConfig): Promise<number> {
  const proxy = new Standalone(config, jsonLogger('proxy', config.logLevel))
  const ended = endSignal(config.endWithParent)
  let reloads: Reloads | null = null
  // From the first moment on: the default of this signal is death.
  process.on('SIGHUP', () => reloads?.request('SIGHUP'))
  const admin = config.admin === 0 ? null : (await import('./admin.ts')).makeAdmin(proxy, config.admin)
  try {
    await admin?.start()
    const isReady = await Promise.race([proxy.start().then(() => true), ended.then(() => false)])
    if (!isReady) return codes.ok
    const watch = new FileWatch(systemClock, () => reloads?.request('file'))
    reloads = new Reloads(config.file, proxy, watch, say, tell)
    say(`ready: ${proxy.describe()}`)
    settleMemory(() => releaseMemory(tryLoadAddon()))
    await ended
    process.on('SIGINT', () => process.exit(codes.ok))
    process.on('SIGTERM', () => process.exit(codes.ok))
    reloads.stop()
    await proxy.drain(systemClock.nowMs() + config.drainTimeout)
    return codes.ok
  } finally {
    proxy.stop()
    admin?.stop()
  }
}

function endSignal(endsWithParent: boolean): Promise<void> {
  const parent = process.ppid
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve())
    process.once('SIGINT', () => resolve())
    // Also what keeps this process while a worker that died is not yet replaced.
    setInterval(() => endsWithParent && process.ppid !== parent && resolve(), PARENT_LOOK_MS)
  })
}

function say(line: string): void {
  process.stdout.write(`weft: ${line}\n`)
}

function tell(line: string): void {
  process.stderr.write(`weft: ${line}\n`)
}

function exitCodeOf({ code }: Failure): number {
  if (code === 'invalid_argument' || code === 'config' || code === 'file') return codes.wrong
  return code === 'listen' ? codes.taken : codes.failed
}
