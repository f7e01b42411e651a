import { cluster } from './cluster.ts'

/** Ends the agent of a node as a crash does: supervisor and workers, with -9. Its launcher starts another. */
export async function killAgent(node: number): Promise<void> {
  await killWhere(node, '^/usr/bin/node .*/weft/apps/agent/src/[mw]')
}

/** Ends the first process of the agent's container, and with it the container: the DaemonSet starts another. */
export async function killAgentContainer(node: number): Promise<void> {
  await killWhere(node, '^/weft/native/launcher/prebuilt/weft-launche[r] ')
}

/** With -9, by the words that they were started with. */
async function killWhere(node: number, pattern: string): Promise<void> {
  // Brackets in the pattern keep the script from finding itself.
  const script = `for file in /proc/[0-9]*/cmdline; do
    if tr '\\0' ' ' <"$file" 2>/dev/null | grep -q '${pattern}'; then
      pid=\${file#/proc/}
      kill -9 "\${pid%/cmdline}" 2>/dev/null
    fi
  done
  true`
  await cluster('node', 'exec', String(node), 'sh', '-c', script)
}
