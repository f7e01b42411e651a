import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ChildProcess } from 'node:child_process'
import type { Outcomes } from './outcomes.ts'
import { eachLine, repositoryRoot, startWeft } from './weft-command.ts'

/** One program of the demo, as somebody would start it with `weft run`. */
export interface PodSpec {
  readonly name: string
  readonly service: string
  readonly node: string
  readonly program: string
  readonly port?: number
  readonly flags?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

const CATALOG_DELAY_MS = 5
export const SLOW_FACTOR = 20
const catalog = (name: string, service: string, node: string, version: string, delayMs: number): PodSpec => ({
  name,
  service,
  node,
  program: 'catalog.ts',
  port: 8080,
  flags: ['--service-account', 'catalog', '--label', 'part-of=catalog'],
  env: { VERSION: version, DELAY_MS: String(delayMs), INSTANCE: name },
})
const cart = (name: string, node: string): PodSpec => {
  return { name, service: 'cart', node, program: 'cart.ts', port: 8080, env: { INSTANCE: name } }
}

export const SLOW_POD = 'catalog-v1-slow'
export const servers: readonly PodSpec[] = [
  cart('cart-1', 'node1'),
  cart('cart-2', 'node2'),
  catalog('catalog-v1-1', 'catalog-v1', 'node1', 'v1', CATALOG_DELAY_MS),
  catalog('catalog-v1-2', 'catalog-v1', 'node2', 'v1', CATALOG_DELAY_MS),
  catalog(SLOW_POD, 'catalog-v1', 'node2', 'v1', CATALOG_DELAY_MS * SLOW_FACTOR),
  catalog('catalog-v2-1', 'catalog-v2', 'node2', 'v2', CATALOG_DELAY_MS),
  { name: 'greeter-1', service: 'greeter', node: 'node2', program: 'greeter.ts', port: 7000 },
  { name: 'prices-1', service: 'prices', node: 'node2', program: 'prices.ts', port: 9090 },
]
export const callers: readonly PodSpec[] = [
  { name: 'web-1', service: 'web', node: 'node1', program: 'web.ts', env: { RATE: '40' } },
  { name: 'visitor-1', service: 'visitor', node: 'node1', program: 'greeter-client.ts' },
  { name: 'buyer-1', service: 'buyer', node: 'node1', program: 'prices-client.ts' },
]

/** A running pod: a `weft run` and the program below it. */
export class Pod {
  readonly spec: PodSpec
  readonly #run: ChildProcess
  #said = ''
  readonly ended: Promise<string>

  constructor(spec: PodSpec, isCaptured: boolean, outcomes: Outcomes) {
    this.spec = spec
    this.#run = startWeft(['run', ...runArguments(spec, isCaptured)])
    eachLine(this.#run.stdout!, (line) => outcomes.add(line))
    eachLine(this.#run.stderr!, (line) => (this.#said = (this.#said + line + '\n').slice(-2_000)))
    this.ended = new Promise((resolve) => {
      this.#run.once('exit', (code, signal) =>
        resolve(`${spec.name} ended (${signal ?? `exit code ${code}`}) ${this.#said}`.trim()),
      )
    })
  }

  get isRunning(): boolean {
    return this.#run.exitCode === null && this.#run.signalCode === null
  }

  /** kill -9 of the program itself, not of `weft run`, which then cleans up. */
  killProgram(): void {
    const pid = this.#run.pid!
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean)
    for (const child of children) process.kill(Number(child), 'SIGKILL')
  }

  signal(signal: NodeJS.Signals): void {
    if (this.isRunning) this.#run.kill(signal)
  }
}

function runArguments(spec: PodSpec, isCaptured: boolean): string[] {
  const environment = {
    ...(spec.port === undefined ? {} : { HOST: '{address}', PORT: String(spec.port) }),
    ...spec.env,
  }
  return [
    ...['--service', spec.service, '--node', spec.node, ...(isCaptured ? ['--own-network'] : [])],
    ...(spec.port === undefined ? [] : ['--port', String(spec.port)]),
    ...(spec.flags ?? []),
    ...Object.entries(environment).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    ...[
      '--',
      process.execPath,
      '--disable-warning=ExperimentalWarning',
      join(repositoryRoot, 'e2e/samples', spec.program),
    ],
  ]
}
