import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { said } from '../soak/captured-mesh.ts'

const GATEWAY = '169.254.77.1'
const START_MS = 30_000

/** A program `trips ask` or `trips serve`, by its process. */
export class Trips {
  readonly pid: number
  readonly #child: ChildProcess
  readonly #waiting: ((line: string) => void)[] = []

  private constructor(child: ChildProcess, pid: number) {
    this.pid = pid
    this.#child = child
    createInterface({ input: child.stdout! }).on('line', (line) => this.#waiting.shift()?.(line))
  }

  /** Resolves when it has said who it is. */
  static async of(child: ChildProcess): Promise<Trips> {
    let text = ''
    child.stdout!.on('data', (chunk) => (text += String(chunk)))
    await said(child, /pid \d+\n/, START_MS)
    return new Trips(child, Number(/pid (\d+)/.exec(text)![1]))
  }

  async do(line: string): Promise<void> {
    const answer = await new Promise<string>((resolve) => {
      this.#waiting.push(resolve)
      this.#child.stdin!.write(`${line}\n`)
    })
    if (answer !== 'ok') throw new Error(`${line}: ${answer}`)
  }

  end(): void {
    this.#child.kill('SIGKILL')
  }
}

/** A network namespace joined to a node as workloads with a network of their own are, but of no mesh. */
export class PlainNetwork {
  readonly name: string
  readonly #node: string
  readonly #link: string

  constructor(node: string, name: string, address: string) {
    this.name = name
    this.#node = node
    this.#link = `wb${name.slice(-10)}`
    ip('', 'netns', 'add', name)
    ip(node, 'link', 'add', this.#link, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name)
    ip(node, 'addr', 'add', `${GATEWAY}/32`, 'dev', this.#link)
    ip(node, 'link', 'set', this.#link, 'up')
    ip(node, 'route', 'add', `${address}/32`, 'dev', this.#link)
    ip(name, 'link', 'set', 'lo', 'up')
    ip(name, 'addr', 'add', `${address}/32`, 'dev', 'eth0')
    ip(name, 'link', 'set', 'eth0', 'up')
    ip(name, 'route', 'add', GATEWAY, 'dev', 'eth0', 'scope', 'link')
    ip(name, 'route', 'add', 'default', 'via', GATEWAY, 'dev', 'eth0')
    inside(node, 'sh', '-c', `echo 1 > /proc/sys/net/ipv4/conf/${this.#link}/forwarding`)
  }

  run(...words: readonly string[]): ChildProcess {
    const enter = [`--net=/run/netns/${this.name}`, '--', ...words]
    return spawn('nsenter', enter, { stdio: ['pipe', 'pipe', 'inherit'] })
  }

  remove(): void {
    ip(this.#node, 'link', 'del', this.#link)
    ip('', 'netns', 'del', this.name)
  }
}

function ip(netns: string, ...words: readonly string[]): void {
  execFileSync('ip', netns === '' ? words : ['-n', netns, ...words], { stdio: ['ignore', 'ignore', 'inherit'] })
}

function inside(netns: string, ...words: readonly string[]): void {
  execFileSync('nsenter', [`--net=/run/netns/${netns}`, '--', ...words])
}
