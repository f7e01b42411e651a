import { spawn, spawnSync } from 'node:child_process'

/** Says to the process inside that it is inside. */
export const INSIDE = 'WEFT_BENCH_INSIDE'

/**
 * Ports of clients are many and quickly used again, since some scenarios open a connection for every request. Only
 * in a network namespace of our own.
 */
const inside = `ip link set lo up || exit 1
ulimit -n "$(ulimit -H -n)"
reserved=$1; shift
echo 10000 65000 >/proc/sys/net/ipv4/ip_local_port_range
echo "$reserved" >/proc/sys/net/ipv4/ip_local_reserved_ports
echo 1 >/proc/sys/net/ipv4/tcp_tw_reuse
exec "$@"`

/**
 * Runs this program again as root of a network and process namespace of its own, so that nothing of it can outlive it or
 * reach anything else. Without root, as an ordinary child on the machine's loopback. Gives its exit code.
 */
export async function runInside(args: readonly string[], scratch: string, portBase: number): Promise<number> {
  const program = [process.execPath, ...process.execArgv, ...args]
  const isolates = canIsolate()
  const unshare = ['--net', '--pid', '--fork', '--kill-child=SIGKILL', '--mount-proc', 'sh', '-c', inside, 'sh']
  const [command, ...rest] = isolates ? ['unshare', ...unshare, `${portBase}-${portBase + 199}`, ...program] : program
  const env = { ...process.env, [INSIDE]: scratch }
  const child = spawn(command!, rest, { stdio: 'inherit', env })
  let forced: NodeJS.Timeout | undefined
  const stop = (): void => {
    // The terminal tells the one inside as well; a signal that came here alone must end it too.
    if (!isolates) child.kill('SIGTERM')
    forced ??= setTimeout(() => child.kill('SIGKILL'), isolates ? 3000 : 8000)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => {
      clearTimeout(forced)
      resolve(code ?? 1)
    })
  })
}

function canIsolate(): boolean {
  if (process.getuid?.() !== 0) return false
  return spawnSync('unshare', ['--net', '--pid', '--fork', '--mount-proc', 'true']).status === 0
}
