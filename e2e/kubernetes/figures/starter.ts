import { setTimeout as sleep } from 'node:timers/promises'
import type { ApiServer } from './api-server.ts'
import { type Answer, answersOf } from './install.ts'
import { PodWatch } from './pod-watch.ts'
import { addressOf, benchPod, namespaceOf, ports, type Side } from './scene.ts'

/** What a pod told of its start. */
export interface Start {
  /** From the request that creates the pod to its program's first instruction. */
  readonly startMs: number
  /** From there to its first answer. */
  readonly answerMs: number
  readonly inVain: number
}

/** Makes pods of one side and waits for what they tell. */
export class Starter {
  readonly #api: ApiServer
  readonly #side: Side
  readonly #target: string
  readonly #watch: PodWatch

  private constructor(api: ApiServer, side: Side, target: string, watch: PodWatch) {
    this.#api = api
    this.#side = side
    this.#target = target
    this.#watch = watch
  }

  static async open(api: ApiServer, side: Side): Promise<Starter> {
    const target = `${await addressOf(api, side, 'server')}:${ports.http1}`
    return new Starter(api, side, target, await PodWatch.open(api, namespaceOf(side)))
  }

  async start(name: string): Promise<Start> {
    const pods = `/api/v1/namespaces/${namespaceOf(this.#side)}/pods`
    const createdMs = Date.now()
    await this.#api.create(pods, benchPod(this.#side, name, true, ['/bin/first', 'hold', this.#target]))
    await this.#watch.until(name, (pod) => pod.status.phase === 'Running')
    const { startedMs, endedMs, inVain } = await this.#answer(`${pods}/${name}/log`)
    return { startMs: startedMs - createdMs, answerMs: endedMs - startedMs, inVain }
  }

  /** One that asks nobody; resolves when it runs. */
  async startQuiet(name: string): Promise<void> {
    const pods = `/api/v1/namespaces/${namespaceOf(this.#side)}/pods`
    await this.#api.create(pods, benchPod(this.#side, name, true, ['/bin/first', 'hold']))
    await this.#watch.until(name, (pod) => pod.status.phase === 'Running')
  }

  close(): void {
    this.#watch.close()
  }

  async #answer(path: string): Promise<Answer> {
    for (const untilMs = Date.now() + 15_000; ;) {
      const [answer] = answersOf(await this.#api.text('GET', path))
      if (answer !== undefined) return answer
      if (Date.now() > untilMs) throw new Error(`${path}: found no answer within 15 s of the start`)
      await sleep(20)
    }
  }
}
