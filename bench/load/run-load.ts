import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { host } from '../peers/peer.ts'
import type { Scenario } from '../scenarios/scenario.ts'
import type { LoadOutcome } from './outcome.ts'
import { parseH2load } from './parse-h2load.ts'
import { parseOwn } from './parse-own.ts'
import { parseWrk } from './parse-wrk.ts'

/** Where the load generators are: built ones, and the body of a gRPC call for h2load. */
export interface LoadTools {
  readonly native: string
  readonly grpcBody: string
}

/** Runs a closed loop against `port` to its end. */
export async function runClosed(
  tools: LoadTools,
  scenario: Scenario,
  port: number,
  seconds: number,
): Promise<LoadOutcome> {
  const { closed, path } = scenario
  const url = `http://127.0.0.1:${port}${path}`
  if (closed.tool === 'wrk') {
    const close = closed.newConnectionEach ? ['-H', 'Connection: close'] : []
    const scale = ['-t1', `-c${closed.connections}`, `-d${Math.max(1, Math.round(seconds))}s`]
    const args = [...scale, '-H', `Host: ${host}`, ...close, url]
    return parseWrk(await output('wrk', args, seconds))
  }
  if (closed.tool === 'h2load') {
    const grpc = ['-d', tools.grpcBody, '-H', 'content-type: application/grpc', '-H', 'te: trailers']
    const scale = ['-t1', `-c${closed.connections}`, `-m${closed.streams}`, `-D${Math.round(seconds * 1000)}ms`]
    const args = [...scale, '-H', `:authority: ${host}`, ...(closed.isGrpc ? grpc : []), url]
    return parseH2load(await output('h2load', args, seconds))
  }
  const scale = [`connections=${closed.connections}`, `slots=${closed.streams}`]
  return runOwn(tools, [closed.protocol, String(port), ...scale, `size=${scenario.sizeBytes}`, `path=${path}`], seconds)
}

/** Runs an open loop of `rate` operations per second. The first fifth is not counted. */
export async function runOpen(
  tools: LoadTools,
  scenario: Scenario,
  port: number,
  seconds: number,
  rate: number,
): Promise<LoadOutcome> {
  const { open, sizeBytes, path } = scenario
  if (open === null) throw new Error(`${scenario.name} has no open loop`)
  const scale = [`connections=${open.connections}`, `slots=${open.streams}`, `rate=${Math.round(rate)}`]
  const rest = [`skip=${seconds / 5}`, `size=${sizeBytes}`, `path=${path}`]
  return runOwn(tools, [open.protocol, String(port), ...scale, ...rest], seconds)
}

async function runOwn(tools: LoadTools, args: readonly string[], seconds: number): Promise<LoadOutcome> {
  return parseOwn(await output(join(tools.native, 'load'), [...args, `seconds=${seconds}`], seconds))
}

/** What a program prints until it ends; it is killed when it takes 15 s longer than it should. */
function output(command: string, args: readonly string[], seconds: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    const timer = setTimeout(() => child.kill('SIGKILL'), (seconds + 15) * 1000)
    let text = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (part: string) => (text += part))
    child.once('error', reject)
    child.once('close', () => {
      clearTimeout(timer)
      resolve(text)
    })
  })
}
