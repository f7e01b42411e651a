import type { Clock, Timer } from '@weft/time'

/** What is to happen when time has run out. */
export interface WatchdogOwner {
  settingsTimedOut(): void
  headerBlockTimedOut(): void
  drainWarningOver(): void
  keepAliveDue(): void
  keepAliveTimedOut(): void
  /** Asks for what stalled since the last call to be given up. Returns whether anything still waits. */
  checkStalls(): boolean
  /** The same for bodies that the peer is to send. */
  checkBodies(): boolean
}

const NEVER = Infinity

/** All deadlines of one connection on one timer, which runs only while there is a deadline. */
export class Watchdog {
  readonly #clock: Clock
  readonly #owner: WatchdogOwner
  #settingsAtMs = NEVER
  #headerBlockAtMs = NEVER
  #drainAtMs = NEVER
  #keepAliveAtMs = NEVER
  #keepAliveAckAtMs = NEVER
  #stallsAtMs = NEVER
  #stallCheckMs = 0.5
  #bodiesAtMs = NEVER
  #bodyCheckMs = 0.5
  #timer: Timer | null = null
  #timerAtMs = NEVER
  #isStopped = false
  readonly #fire = (): void => {
    this.#timer = null
    this.#timerAtMs = NEVER
    this.#run(this.#clock.nowMs())
    this.#arm()
  }

  constructor(clock: Clock, owner: WatchdogOwner) {
    this.#clock = clock
    this.#owner = owner
  }

  /** In so many milliseconds; 0 ends the wait. */
  expectSettings(inMs: number): void {
    this.#settingsAtMs = this.#deadline(inMs)
  }

  expectHeaderBlock(inMs: number): void {
    this.#headerBlockAtMs = this.#deadline(inMs)
  }

  expectDrain(inMs: number): void {
    this.#drainAtMs = this.#deadline(inMs)
  }

  scheduleKeepAlive(inMs: number): void {
    this.#keepAliveAtMs = this.#deadline(inMs)
  }

  expectKeepAlive(inMs: number): void {
    this.#keepAliveAckAtMs = this.#deadline(inMs)
  }

  /** From now on, while anything waits, stalls are looked for at this interval. */
  watchStalls(everyMs: number): void {
    if (this.#stallsAtMs !== NEVER || everyMs <= 0) return
    this.#stallCheckMs = everyMs
    this.#stallsAtMs = this.#deadline(everyMs)
  }

  /** From now on, while any body is to come, those that stall are looked for at this interval. */
  watchBodies(everyMs: number): void {
    if (this.#bodiesAtMs !== NEVER || everyMs <= 0) return
    this.#bodyCheckMs = everyMs
    this.#bodiesAtMs = this.#deadline(everyMs)
  }

  stop(): void {
    this.#isStopped = true
    if (this.#timer !== null) this.#timer.cancel()
    this.#timer = null
  }

  #deadline(inMs: number): number {
    if (inMs <= 0) return NEVER
    const atMs = this.#clock.nowMs() + inMs
    if (atMs < this.#timerAtMs) this.#armAt(atMs)
    return atMs
  }

  #arm(): void {
    const atMs = Math.min(
      ...[this.#settingsAtMs, this.#headerBlockAtMs, this.#drainAtMs],
      ...[this.#keepAliveAtMs, this.#keepAliveAckAtMs, this.#stallsAtMs, this.#bodiesAtMs],
    )
    if (atMs < this.#timerAtMs) this.#armAt(atMs)
  }

  #armAt(atMs: number): void {
    if (this.#isStopped) return
    if (this.#timer !== null) this.#timer.cancel()
    this.#timerAtMs = atMs
    this.#timer = this.#clock.after(Math.max(0, atMs - this.#clock.nowMs()), this.#fire)
  }

  #run(nowMs: number): void {
    if (this.#settingsAtMs <= nowMs) {
      this.#settingsAtMs = NEVER
      this.#owner.settingsTimedOut()
    }
    if (this.#headerBlockAtMs <= nowMs) {
      this.#headerBlockAtMs = NEVER
      this.#owner.headerBlockTimedOut()
    }
    if (this.#drainAtMs <= nowMs) {
      this.#drainAtMs = NEVER
      this.#owner.drainWarningOver()
    }
    if (this.#keepAliveAckAtMs <= nowMs) {
      this.#keepAliveAckAtMs = NEVER
      this.#owner.keepAliveTimedOut()
    }
    if (this.#keepAliveAtMs <= nowMs) {
      this.#keepAliveAtMs = NEVER
      this.#owner.keepAliveDue()
    }
    if (this.#stallsAtMs <= nowMs) {
      this.#stallsAtMs = NEVER
      if (this.#owner.checkStalls()) this.#stallsAtMs = nowMs + this.#stallCheckMs
    }
    if (this.#bodiesAtMs <= nowMs) {
      this.#bodiesAtMs = NEVER
      if (this.#owner.checkBodies()) this.#bodiesAtMs = nowMs + this.#bodyCheckMs
    }
  }
}
