import { cluster } from './cluster.ts'

/** What a command on a node prints. */
export function onNode(node: number, script: string): Promise<string> {
  return cluster('node', 'exec', String(node), 'sh', '-c', script)
}

/** Writes a file of a node. */
export async function writeOnNode(node: number, path: string, text: string, mode = '644'): Promise<void> {
  const content = Buffer.from(text).toString('base64')
  await onNode(node, `echo ${content} | base64 -d >${path} && chmod ${mode} ${path}`)
}

/**
 * What a command of busybox prints that runs with the files that the agent of a node sees. Its image has no programs; the
 * folder of its socket is shared with the node.
 */
export function inAgentFiles(node: number, ...words: readonly string[]): Promise<string> {
  const script = `for file in /proc/[0-9]*/cmdline; do
    if tr '\\0' ' ' <"$file" 2>/dev/null | grep -q '/weft/apps/agent/src/[m]ain'; then
      pid=\${file#/proc/}
      pid=\${pid%/cmdline}
    fi
  done
  cp /bin/busybox /run/weft/busybox
  nsenter -t "$pid" -m /run/weft/busybox "$@"
  code=$?
  rm /run/weft/busybox
  exit $code`
  return cluster('node', 'exec', String(node), 'sh', '-c', script, 'sh', ...words)
}
