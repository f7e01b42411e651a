import { execFile, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { cluster, eventually, spawnInCluster } from './cluster.ts'

const run = promisify(execFile)
/** Pods of all nodes. DNS and the mesh's own parts, which speak mTLS among themselves, are told apart by their ports. */
const PODS = '198.18.64.0/18'
const BETWEEN_PODS = `tcp and src net ${PODS} and dst net ${PODS} and not port 53 and not portrange 15010-15013`
const PLAINTEXT = `${BETWEEN_PODS} and not port 15008`
const TUNNELLED = `${BETWEEN_PODS} and port 15008`

/** What passes on the link of a node: all that its pods and those of other nodes say to each other. */
export class LinkCapture {
  readonly #dir = mkdtempSync(join(tmpdir(), 'weft-link-'))
  readonly #tcpdump: ChildProcess
  #said = ''

  /** Of the node. */
  readonly #address: string

  private constructor(node: string) {
    this.#address = `198.18.0.${node.slice('node'.length)}`
    // The other end of a node's link has the node's name.
    // With room (KiB) for what comes while tcpdump gets no share of the processor. Not in immediate mode: its buffer has
    // slots of the longest packet, so few that it loses some.
    const reading = ['-n', '-U', '-B', '16384', '-s', '0', '-Z', 'root']
    this.#tcpdump = spawnInCluster('tcpdump', '-i', node, ...reading, '-w', this.#file, 'ip')
  }

  /** Resolves when it sees packets. */
  static async start(node: string): Promise<LinkCapture> {
    const capture = new LinkCapture(node)
    await new Promise<void>((resolve, reject) => {
      capture.#tcpdump.stderr!.on('data', (chunk) => {
        capture.#said += String(chunk)
        if (capture.#said.includes('listening on')) resolve()
      })
      capture.#tcpdump.once('close', () => reject(new Error(`tcpdump ended: ${capture.#said}`)))
    })
    return capture
  }

  /** Ends it once everything up to now has been read; packets are counted after that. */
  async stop(): Promise<void> {
    // What waits in the kernel goes with tcpdump: a word of our own is behind all of it. It may be lost, as any packet may.
    const word = randomUUID()
    await eventually(
      'the capture has been read to its end',
      async () => {
        await cluster('run', 'bash', '-c', `echo ${word} >/dev/udp/${this.#address}/9`)
        if (readFileSync(this.#file).includes(word)) return
        const { exitCode, signalCode } = this.#tcpdump
        throw new Error(`its last packet is missing; tcpdump (exit ${exitCode ?? signalCode}) said: ${this.#said}`)
      },
      60_000,
    )
    this.#tcpdump.kill('SIGINT')
    if (this.#tcpdump.exitCode === null && this.#tcpdump.signalCode === null) await once(this.#tcpdump, 'close')
  }

  /** Packets between pods that are not of HBONE, one line each, at most 20. */
  async plaintext(): Promise<string[]> {
    return (await this.#lines(PLAINTEXT)).slice(0, 20)
  }

  /** How many packets of HBONE there were. */
  async tunnelled(): Promise<number> {
    return (await this.#lines(TUNNELLED)).length
  }

  /** When packets passed, in milliseconds since the epoch: those of HBONE, and those between pods that are not. */
  async times(): Promise<{ tunnelled: number[]; plaintext: number[] }> {
    const of = async (filter: string): Promise<number[]> =>
      (await this.#lines(filter, '-tt')).map((line) => Number.parseFloat(line) * 1000)
    return { tunnelled: await of(TUNNELLED), plaintext: await of(PLAINTEXT) }
  }

  /** Whether these octets passed anywhere. */
  saw(text: string): boolean {
    return readFileSync(this.#file).includes(text)
  }

  dispose(): void {
    this.#tcpdump.kill('SIGKILL')
    rmSync(this.#dir, { recursive: true, force: true })
  }

  get #file(): string {
    return join(this.#dir, 'link.pcap')
  }

  async #lines(filter: string, ...words: readonly string[]): Promise<string[]> {
    const { stdout } = await run('tcpdump', ['-nn', ...words, '-r', this.#file, filter], { maxBuffer: 256 << 20 })
    return stdout.split('\n').filter((line) => line !== '')
  }
}
