import { execFileSync, spawn, type ChildProcess } from 'node:child_process'

/** What tcpdump saw between the nodes. */
export interface WireEvidence {
  readonly bytes: number
  /** Words of the services' protocols found in them. */
  readonly plaintext: readonly string[]
}

const BYTES_MAX = 16 << 20
/** What every one of the demo's conversations would show if it crossed in the clear. */
const WORDS = ['HTTP/1.1', 'x-instance', '"books"', '"items"', '220 greeter', 'samples.Prices', '"cents"']

/** Rules of both packet filters, to show that ours adds none; null where the tools cannot be asked. */
export function packetFilterRules(): string | null {
  const rules = [['nft', 'list', 'ruleset'], ['iptables-save'], ['ip6tables-save']].map(([file, ...args]) =>
    tryRun(file!, args),
  )
  if (rules.every((each) => each === null)) return null
  // iptables-save writes the time and counters.
  return rules
    .map((each) => (each ?? '').replace(/^#.*$/gm, '').replace(/\[\d+:\d+\]/g, ''))
    .join('\n')
    .trim()
}

/** Listens on the bridge between the nodes until `stop`; null without tcpdump or without a bridge. */
export function watchWire(address: string): { stop(): Promise<WireEvidence> } | null {
  const found = JSON.parse(tryRun('ip', ['-json', 'address', 'show', 'to', address]) || '[]') as { ifname?: string }[]
  const link = found.find((each) => each.ifname !== undefined && each.ifname !== 'lo')?.ifname
  if (link === undefined || tryRun('tcpdump', ['--version']) === null) return null
  const child: ChildProcess = spawn('tcpdump', ['-i', link, '-s', '0', '-U', '-w', '-', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const chunks: Buffer[] = []
  let bytes = 0
  child.stdout!.on('data', (chunk: Buffer) => {
    if (bytes < BYTES_MAX) chunks.push(chunk)
    bytes += chunk.length
  })
  child.on('error', () => {})
  return {
    async stop() {
      const closed = new Promise((resolve) => child.once('close', resolve))
      if (!child.kill('SIGTERM')) return { bytes: 0, plaintext: [] }
      await closed
      const seen = Buffer.concat(chunks)
      return { bytes, plaintext: WORDS.filter((word) => seen.includes(word)) }
    },
  }
}

function tryRun(file: string, args: readonly string[]): string | null {
  try {
    const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` }
    return execFileSync(file, args, { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'ignore'] })
  } catch {
    return null
  }
}
