import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { repositoryRoot } from './place.ts'

const tool = join(repositoryRoot, 'e2e/cluster/cluster')
const run = promisify(execFile)
const OUTPUT_BYTES_MAX = 64 << 20
const POLL_MS = 250

/** What the tool of e2e/cluster prints. Rejects with its last words. */
export async function cluster(...words: readonly string[]): Promise<string> {
  return call(tool, words, 600_000)
}

/** What kubectl prints. */
export async function kubectl(...words: readonly string[]): Promise<string> {
  return call(tool, ['run', 'kubectl', ...words], 180_000)
}

/** A command in the cluster's network, that goes on until it is ended or ends. */
export function spawnInCluster(...words: readonly string[]): ChildProcess {
  return spawn(tool, ['run', ...words], { stdio: ['pipe', 'pipe', 'pipe'] })
}

/** Server-side, as `weft` and Helm do, so that a second time changes nothing. */
export async function apply(manifest: string): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'weft-manifest-'))
  try {
    writeFileSync(join(dir, 'manifest.yaml'), manifest)
    await kubectl('apply', '--server-side', '--force-conflicts', '-f', join(dir, 'manifest.yaml'))
  } finally {
    rmSync(dir, { recursive: true })
  }
}

/** One field of an object, by kubectl's JSONPath. */
export async function field(namespace: string, object: string, path: string): Promise<string> {
  return kubectl('-n', namespace, 'get', object, '-o', `jsonpath={${path}}`)
}

/** What a command in a pod prints. `object` is a pod, or `deploy/NAME` for any of its pods. */
export async function execIn(namespace: string, object: string, ...words: readonly string[]): Promise<string> {
  return kubectl('-n', namespace, 'exec', object, '--', ...words)
}

/** Waits for a rollout, and tells what its pods say when it takes too long. */
export async function rolledOut(namespace: string, object: string, timeoutSeconds = 90): Promise<void> {
  try {
    await kubectl('-n', namespace, 'rollout', 'status', object, `--timeout=${timeoutSeconds}s`)
  } catch (error) {
    const pods = await kubectl('-n', namespace, 'get', 'pods', '-o', 'wide').catch(String)
    const events = await kubectl('-n', namespace, 'get', 'events', '--sort-by=.lastTimestamp').catch(String)
    const said = await kubectl('-n', namespace, 'logs', object, '--tail=8', '--all-containers').catch(String)
    throw new Error([String(error), pods, events.split('\n').slice(-12).join('\n'), said].join('\n'))
  }
}

/** Asks again and again until the answer passes; rejects with the last complaint. */
export async function eventually<T>(what: string, ask: () => Promise<T>, timeoutMs = 30_000): Promise<T> {
  const untilMs = performance.now() + timeoutMs
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (performance.now() > untilMs) throw new Error(`not within ${timeoutMs} ms: ${what}`, { cause: error })
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}

async function call(program: string, words: readonly string[], timeoutMs: number): Promise<string> {
  try {
    const { stdout } = await run(program, words, { timeout: timeoutMs, maxBuffer: OUTPUT_BYTES_MAX })
    return stdout
  } catch (error) {
    const { stderr = '', stdout = '' } = error as { stderr?: string; stdout?: string }
    const last = `${stderr}\n${stdout}`.trim().split('\n').slice(-8).join('\n')
    throw new Error(`${words.join(' ').slice(0, 300)}: ${last || String(error)}`, { cause: error })
  }
}
