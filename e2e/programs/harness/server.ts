import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { layout } from './layout.ts'
import { start, weftCommand } from './weft.ts'

export interface ServerSpec {
  readonly service: string
  readonly ports: readonly number[]
  readonly command: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** False for a program that never listens on its ports. */
  readonly listens?: boolean
}

export interface Server {
  /** SIGTERM to the program; resolves when it and all that was made for it are gone. */
  stop(): Promise<void>
  readonly output: () => string
}

const LISTEN_TIMEOUT_MS = 60_000
const STOP_TIMEOUT_MS = 15_000
const SAID_MAX = 20_000

/**
 * Starts a server, by `weft run` unless there is no mesh, and waits until it listens on all its ports.
 * Faults: rejects when it ends or does not listen in time, with what it said.
 */
export async function startServer(spec: ServerSpec): Promise<Server> {
  const child = start(commandOf(spec), spec.env === undefined ? {} : { env: spec.env })
  child.stdin!.end()
  let said = ''
  const keep = (chunk: Buffer): void => void (said = (said + chunk.toString()).slice(-SAID_MAX))
  child.stdout!.on('data', keep)
  child.stderr!.on('data', keep)
  let how: string | null = null
  const ended = new Promise<void>((resolve) => {
    child.once('error', (error) => void ((how = error.message), resolve()))
    child.once('close', (code, signal) => void ((how = `ended with ${signal ?? code}`), resolve()))
  })
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS)
    await ended
    clearTimeout(timer)
  }
  const deadlineMs = performance.now() + LISTEN_TIMEOUT_MS
  while (!isReady(child.pid ?? 0, spec)) {
    const late = performance.now() > deadlineMs
    if (how !== null || late) {
      await stop()
      const problem = late ? `does not listen on ${spec.ports.join(', ')}` : how
      throw new Error(`${spec.service}: ${problem}: ${said.trim() || 'it said nothing'}`)
    }
    await sleep(50)
  }
  return { stop, output: () => said }
}

function commandOf({ service, ports, command }: ServerSpec): string[] {
  if (layout.nodes === 0) return [...command]
  return weftCommand(
    'run',
    ...['--service', service, '--node', layout.serverNode, ...(layout.ownNetwork ? ['--own-network'] : [])],
    ...ports.flatMap((port) => ['--port', String(port)]),
    ...['--', ...command],
  )
}

/** As the kernel sees it from where the program runs, so that the probe is no connection the program would notice. */
function isReady(pid: number, { ports, listens, command }: ServerSpec): boolean {
  const program = layout.nodes === 0 ? pid : programBelow(pid, command[0]!)
  if (program === 0) return false
  return listens === false || ports.every((port) => isListening(program, port))
}

/** The process that `weft run` started, once it has become the program; 0 before. */
function programBelow(pid: number, name: string): number {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean)
    const words = (child: string) => readFileSync(`/proc/${child}/cmdline`, 'utf8').split('\0')
    const became = (child: string) => !/(^|\/)(sh|nsenter)$/.test(words(child)[0]!) || words(child)[0] === name
    return Number(children.find(became) ?? 0)
  } catch {
    return 0
  }
}

/** Local port in hexadecimal, state 0A. Source: proc(5), /proc/net/tcp. */
function isListening(pid: number, port: number): boolean {
  const wanted = new RegExp(`:${port.toString(16).toUpperCase().padStart(4, '0')} [0-9A-F]+:0000 0A `)
  try {
    return ['tcp', 'tcp6'].some((table) => wanted.test(readFileSync(`/proc/${pid}/net/${table}`, 'utf8')))
  } catch {
    return false
  }
}
