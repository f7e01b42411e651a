import type { ApiServer, SeenPod } from './api-server.ts'

const WAIT_MS = 60_000

interface Waiting {
  readonly name: string
  readonly isSo: (pod: SeenPod) => boolean
  readonly resolve: (seenMs: number) => void
  readonly reject: (error: Error) => void
}

/** The pods of a namespace as the API server tells of them, and when it told of something. */
export class PodWatch {
  readonly #pods = new Map<string, SeenPod>()
  readonly #waiting = new Set<Waiting>()
  #stop: () => void = () => {}
  #failure: Error | null = null

  static async open(api: ApiServer, namespace: string): Promise<PodWatch> {
    const watch = new PodWatch()
    watch.#stop = await api.watchPods(namespace, ({ type, object }) => watch.#see(type, object))
    return watch
  }

  /** When it was told, in milliseconds since the epoch; at once for what is known already. */
  until(name: string, isSo: (pod: SeenPod) => boolean): Promise<number> {
    if (this.#failure !== null) return Promise.reject(this.#failure)
    const known = this.#pods.get(name)
    if (known !== undefined && isSo(known)) return Promise.resolve(Date.now())
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.reject(
          new Error(`pod ${name}: not within ${WAIT_MS} ms; ${JSON.stringify(this.#pods.get(name)?.status)}`),
        )
      }, WAIT_MS)
      const over = (): void => {
        clearTimeout(timer)
        this.#waiting.delete(waiting)
      }
      const waiting: Waiting = {
        name,
        isSo,
        resolve: (seenMs) => (over(), resolve(seenMs)),
        reject: (error) => (over(), reject(error)),
      }
      this.#waiting.add(waiting)
    })
  }

  close(): void {
    this.#stop()
  }

  #see(type: string, pod: SeenPod): void {
    if (type === 'ERROR') {
      this.#failure = new Error(`watching pods: ${JSON.stringify(pod)}`)
      for (const waiting of this.#waiting) waiting.reject(this.#failure)
      return
    }
    if (type === 'DELETED') return void this.#pods.delete(pod.metadata.name)
    this.#pods.set(pod.metadata.name, pod)
    for (const waiting of this.#waiting) {
      if (waiting.name !== pod.metadata.name || !waiting.isSo(pod)) continue
      waiting.resolve(Date.now())
    }
  }
}

export const isReady = ({ status }: SeenPod): boolean =>
  status.conditions?.some((one) => one.type === 'Ready' && one.status === 'True') === true
