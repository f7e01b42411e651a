import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'

/** A TCP segment that was seen. */
export interface Segment {
  readonly source: number
  readonly destination: number
}

/** What crossed a link. */
export interface WireEvidence {
  readonly octets: Buffer
  readonly segments: readonly Segment[]
}

const FILE_HEADER = 24
const RECORD_HEADER = 16
const ETHERNET_HEADER = 14
const IPV4 = 0x0800
const TCP = 6
/** What is on its way to tcpdump has arrived when nothing comes for this long. */
const QUIET_MS = 100

/** Listens with tcpdump on one link until `stop`. `enter` is what runs a program in the link's network. */
export class Wire {
  readonly #tcpdump: ChildProcess
  readonly #chunks: Buffer[] = []

  private constructor(tcpdump: ChildProcess) {
    this.#tcpdump = tcpdump
    tcpdump.stdout!.on('data', (chunk: Buffer) => this.#chunks.push(chunk))
  }

  /** Resolves when it listens. */
  static async watch(enter: readonly string[], link: string): Promise<Wire> {
    // Without --immediate-mode the kernel holds back what it saw in the last second, which ends with tcpdump.
    const how = ['-s', '0', '-B', '16384', '--immediate-mode', '-U', '-w', '-']
    const [file, ...args] = [...enter, 'tcpdump', '-i', link, ...how, 'tcp']
    const wire = new Wire(spawn(file!, args, { stdio: ['ignore', 'pipe', 'pipe'] }))
    await once(wire.#tcpdump.stderr!, 'data')
    return wire
  }

  async stop(): Promise<WireEvidence> {
    let seen = -1
    while (seen < this.#chunks.length) {
      seen = this.#chunks.length
      await new Promise((resolve) => setTimeout(resolve, QUIET_MS))
    }
    const closed = once(this.#tcpdump, 'close')
    this.#tcpdump.kill('SIGTERM')
    await closed
    const octets = Buffer.concat(this.#chunks)
    return { octets, segments: [...segmentsIn(octets)] }
  }
}

/** Reads the file format of libpcap: a record is a header, the third word of which is the length, and a frame. */
function* segmentsIn(octets: Buffer): Generator<Segment> {
  for (let at = FILE_HEADER; at + RECORD_HEADER <= octets.length;) {
    const frame = at + RECORD_HEADER
    const ip = frame + ETHERNET_HEADER
    at = frame + octets.readUInt32LE(at + 8)
    if (at > octets.length || octets.readUInt16BE(ip - 2) !== IPV4 || octets[ip + 9] !== TCP) continue
    const tcp = ip + (octets[ip]! & 15) * 4
    yield { source: octets.readUInt16BE(tcp), destination: octets.readUInt16BE(tcp + 2) }
  }
}
