import type { TcpChannel } from '@weft/channel'
import type { Clock, Timer } from '@weft/time'

interface Waiting {
  readonly channel: TcpChannel
  /** True when the connection was taken. */
  readonly attempt: () => boolean
  readonly giveUp: () => unknown
  readonly untilMs: number
}

/** As long as an agent that starts may take to enrol what ran before. */
const PATIENCE_MS = 3_000
const WAITING_MAX = 4_096

/**
 * Connections of workloads that are not known here yet, or have no certificate yet. An agent that starts anew listens
 * before it has enrolled every workload that runs, and a pod may run before the CA has answered; what connects meanwhile
 * waits unread instead of being reset.
 */
export class UnknownCallers {
  readonly #clock: Clock
  #waiting: Waiting[] = []
  #timer: Timer | null = null

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get count(): number {
    return this.#waiting.length
  }

  /** `attempt` is made again whenever something became known; `giveUp` is called when nothing did in time. */
  wait(channel: TcpChannel, attempt: () => boolean, giveUp: () => unknown): void {
    if (this.#waiting.length >= WAITING_MAX) return void giveUp()
    this.#waiting.push({ channel, attempt, giveUp, untilMs: this.#clock.nowMs() + PATIENCE_MS })
    this.#setTimer()
  }

  /** Something became known. */
  look(): void {
    if (this.#waiting.length > 0) this.#waiting = this.#waiting.filter(({ attempt }) => !attempt())
  }

  /** Nobody is waited for any more. */
  close(): void {
    this.#timer?.cancel()
    for (const { channel } of this.#waiting.splice(0)) channel.destroy()
  }

  #setTimer(): void {
    const [first] = this.#waiting
    if (this.#timer !== null || first === undefined) return
    this.#timer = this.#clock.after(Math.max(0, first.untilMs - this.#clock.nowMs()), () => {
      this.#timer = null
      const nowMs = this.#clock.nowMs()
      const late = this.#waiting.filter(({ untilMs }) => untilMs <= nowMs)
      this.#waiting = this.#waiting.filter(({ untilMs }) => untilMs > nowMs)
      for (const { giveUp } of late) giveUp()
      this.#setTimer()
    })
  }
}
