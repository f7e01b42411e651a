import { describeError, Failure } from '@weft/faults'
import type { Component } from '@weft/lifecycle'
import type { Logger } from '@weft/telemetry'
import type { Clock, Random, Timer } from '@weft/time'
import type { Hierarchy } from '../sign/hierarchy.ts'

const LOOK_MS = 60_000

/**
 * Looks once a minute whether the store still holds what this replica signs with, and puts back what is gone. A store that holds
 * another root ends the process: it starts again with that one, as the other replicas have.
 */
export class Keeper implements Component {
  readonly #hierarchy: Hierarchy
  readonly #clock: Clock
  readonly #random: Random
  readonly #log: Logger
  #timer: Timer | null = null
  #isStopped = false

  constructor(hierarchy: Hierarchy, clock: Clock, random: Random, log: Logger) {
    this.#hierarchy = hierarchy
    this.#clock = clock
    this.#random = random
    this.#log = log
  }

  async start(): Promise<void> {
    this.#lookLater()
  }

  async drain(): Promise<void> {}

  stop(): void {
    this.#isStopped = true
    this.#timer?.cancel()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.stop()
  }

  #lookLater(): void {
    if (this.#isStopped) return
    this.#timer = this.#clock.after(LOOK_MS * (0.75 + this.#random() / 2), () => void this.#look())
  }

  async #look(): Promise<void> {
    try {
      await this.#hierarchy.restore()
    } catch (error) {
      // Left unhandled on purpose: a process that signs for another root than the mesh's is of no use.
      if (error instanceof Failure && error.code === 'root_replaced') throw error
      this.#log.warn('cannot look after the authorities in the store; tried again', { error: describeError(error) })
    }
    this.#lookLater()
  }
}
