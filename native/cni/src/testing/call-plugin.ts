import { spawn } from 'node:child_process'
import { once } from 'node:events'

export interface PluginCall {
  readonly command: string
  /** What is written to its standard input: a text as it is, anything else as JSON. */
  readonly config: unknown
  readonly environment?: Readonly<Record<string, string>>
}

export interface PluginResult {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** CNI_ARGS as kubelet's runtimes pass them. */
export function podArguments(namespace: string, pod: string, uid: string): string {
  return `IgnoreUnknown=1;K8S_POD_NAMESPACE=${namespace};K8S_POD_NAME=${pod};K8S_POD_INFRA_CONTAINER_ID=c0ffee;K8S_POD_UID=${uid}`
}

/** Runs the plugin at `path` once, as a container runtime does. */
export async function callPlugin(path: string, call: PluginCall): Promise<PluginResult> {
  const child = spawn(path, [], {
    env: {
      CNI_COMMAND: call.command,
      CNI_CONTAINERID: 'c0ffee',
      CNI_NETNS: '/proc/self/ns/net',
      CNI_IFNAME: 'eth0',
      CNI_PATH: '/opt/cni/bin',
      CNI_ARGS: podArguments('shop', 'cart', '3a4b'),
      ...call.environment,
    },
  })
  const out: Buffer[] = []
  const err: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
  child.stdin.on('error', () => {}) // it may end without reading
  child.stdin.end(
    typeof call.config === 'string' || Buffer.isBuffer(call.config) ? call.config : JSON.stringify(call.config),
  )
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() }
}
