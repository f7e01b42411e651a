import type { Addon } from '@weft/ebpf'
import { describeError } from '@weft/faults'
import type { Logger } from '@weft/telemetry'
import { noStore, type DescriptorStore } from './descriptor-store.ts'

/** Set by the launcher for the program that it starts. */
const STORE_VARIABLE = 'WEFT_LAUNCHER_STORE'
const RESTARTS_VARIABLE = 'WEFT_LAUNCHER_RESTARTS'
/** It answers within microseconds, or there is something wrong with it. */
const ANSWER_TIMEOUT_MS = 2_000
/** The first answer waits until the agent before us, in another container, has drained and handed its listeners over. */
const FIRST_ANSWER_TIMEOUT_MS = 15_000

type StoreAddon = Pick<Addon, 'closeFd' | 'closeOnExec' | 'receiveRights' | 'sendRights'>

/**
 * The launcher's store (native/launcher/c/store.h), asked over the socket that it gave us. Each request waits for its
 * answer. A launcher that does not answer is asked no more: the agent goes on as if there were none.
 */
export class LauncherStore implements DescriptorStore {
  readonly restarts: number
  readonly #addon: StoreAddon
  readonly #log: Logger
  /** -1 when it has failed. */
  #socket: number

  constructor(socket: number, restarts: number, addon: StoreAddon, log: Logger) {
    this.restarts = restarts
    this.#addon = addon
    this.#log = log
    this.#socket = socket
    addon.closeOnExec(socket)
  }

  begin(): void {
    this.#ask('hello', -1, FIRST_ANSWER_TIMEOUT_MS)
  }

  take(name: string): number {
    const [word, fd] = this.#ask(`take ${name}`, -1)
    return word === 'taken' ? fd : -1
  }

  keep(name: string, fd: number): void {
    const [word] = this.#ask(`keep ${name}`, fd)
    if (word !== 'kept' && word !== '') this.#log.warn('a listener will not outlive this agent', { name, answer: word })
  }

  drop(name: string): void {
    this.#ask(`drop ${name}`, -1)
  }

  ready(): void {
    this.#ask('ready', -1)
  }

  leave(forMs: number): boolean {
    const [word] = this.#ask(`leave ${Math.ceil(forMs)}`, -1)
    return word === 'seen'
  }

  #ask(request: string, fd: number, timeoutMs = ANSWER_TIMEOUT_MS): [word: string, fd: number] {
    if (this.#socket < 0) return ['', -1]
    try {
      this.#addon.sendRights(this.#socket, request, fd)
      const answer = this.#addon.receiveRights(this.#socket, timeoutMs)
      if (answer[0] !== '') return answer
      this.#fail('it is gone')
    } catch (error) {
      this.#fail(describeError(error))
    }
    return ['', -1]
  }

  /** What comes late would be taken for the answer to something else. */
  #fail(error: string): void {
    this.#log.error('the launcher does not answer; listeners will not outlive this agent', { error })
    this.#addon.closeFd(this.#socket)
    this.#socket = -1
  }
}

/** That of the launcher which started us; none where nothing did, or where there is no addon. */
export function storeOf(env: NodeJS.ProcessEnv, load: () => StoreAddon | null, log: Logger): DescriptorStore {
  const socket = numberOf(env[STORE_VARIABLE])
  const addon = socket === null ? null : load()
  if (socket === null || addon === null) return noStore
  try {
    return new LauncherStore(socket, numberOf(env[RESTARTS_VARIABLE]) ?? 0, addon, log)
  } catch (error) {
    log.warn('the launcher cannot be reached', { error: describeError(error) })
    return noStore
  }
}

function numberOf(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null
}
