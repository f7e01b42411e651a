import type { weft } from '@weft/proto'
import type { MessageWriter } from '@weft/rpc'
import type { NodeProgress, Progress } from '../progress.ts'

type Report = weft.discovery.v1.ReplicaReport.$Properties
type Connected = weft.discovery.v1.Connected.$Properties
type TrafficReport = weft.discovery.v1.TrafficReport.$Properties

/** Reports that wait for a follower which does not read; what comes beyond them it is not told. */
const WAITING_MAX = 1_000

/** Tells other replicas what this one hears: who is connected, how far they are, and what they measured. */
export class ReplicaFeed {
  readonly #progress: Progress
  readonly #revision: () => number
  readonly #followers = new Set<Follower>()

  /** `revision` is what is offered at the moment. */
  constructor(progress: Progress, revision: () => number) {
    this.#progress = progress
    this.#revision = revision
    progress.onChange(() => {
      for (const follower of this.#followers) follower.connectedChanged()
    })
  }

  /** What a node just measured. */
  traffic(report: TrafficReport): void {
    for (const follower of this.#followers) follower.traffic(report)
  }

  /** Tells a follower everything until it goes. */
  async serve(replies: Pick<MessageWriter<Report>, 'write'>, signal: AbortSignal): Promise<void> {
    const follower = new Follower(() => this.#connected(), replies)
    this.#followers.add(follower)
    try {
      await follower.run(signal)
    } finally {
      this.#followers.delete(follower)
    }
  }

  #connected(): Connected {
    const { nodes, policy } = this.#progress.here()
    return {
      revision: this.#revision(),
      nodes: nodes.map(messageOf),
      ...(policy === null ? {} : { policy: messageOf(policy) }),
    }
  }
}

/** One follower: a message at a time, with all that is to be told by then. */
class Follower {
  readonly #connected: () => Connected
  readonly #replies: Pick<MessageWriter<Report>, 'write'>
  #waiting: TrafficReport[] = []
  #isConnectedNew = true
  #wake: (() => void) | null = null

  constructor(connected: () => Connected, replies: Pick<MessageWriter<Report>, 'write'>) {
    this.#connected = connected
    this.#replies = replies
  }

  connectedChanged(): void {
    this.#isConnectedNew = true
    this.#wake?.()
  }

  traffic(report: TrafficReport): void {
    if (this.#waiting.length < WAITING_MAX) this.#waiting.push(report)
    this.#wake?.()
  }

  async run(signal: AbortSignal): Promise<void> {
    signal.addEventListener('abort', () => this.#wake?.())
    while (!signal.aborted) {
      if (!this.#isConnectedNew && this.#waiting.length === 0) {
        await new Promise<void>((resolve) => (this.#wake = resolve))
        this.#wake = null
        // What changes in one turn is one message.
        await new Promise<void>((resolve) => setImmediate(resolve))
        continue
      }
      const traffic = this.#waiting
      const connected = this.#isConnectedNew ? this.#connected() : null
      this.#waiting = []
      this.#isConnectedNew = false
      await this.#replies.write({ traffic, ...(connected === null ? {} : { connected }) })
    }
  }
}

function messageOf(progress: NodeProgress): weft.discovery.v1.SubscriberProgress.$Properties {
  const { connected: _is, notices, ...rest } = progress
  return { ...rest, notices: [...notices] }
}
