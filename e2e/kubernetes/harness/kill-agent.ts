import { cluster } from './cluster.ts'

/** Ends the agent of a node as a crash does: supervisor and workers, with -9. Its DaemonSet starts another. */
export async function killAgent(node: number): Promise<void> {
  // The brackets keep the script from finding itself.
  const script = `for file in /proc/[0-9]*/cmdline; do
    if tr '\\0' ' ' <"$file" 2>/dev/null | grep -q '/weft/apps/agent/src/[mw]'; then
      pid=\${file#/proc/}
      kill -9 "\${pid%/cmdline}" 2>/dev/null
    fi
  done
  true`
  await cluster('node', 'exec', String(node), 'sh', '-c', script)
}
