import { mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { describeError } from '@weft/faults'
import { writeFileAtomic } from '@weft/host'
import type { Logger } from '@weft/telemetry'
import type { Clock, Timer } from '@weft/time'
import { serviceDefaults, workloadDefaults } from '@weft/topology'
import { decodeModel, encodeModel } from './convert/convert.ts'
import { contentHash } from './encoded-resource.ts'
import {
  modelResource,
  type ModelResource,
  resourceKey,
  type ResourceKey,
  type ResourceKind,
  resourceKinds,
} from './kinds.ts'

const FORMAT = 1
const DELAY_MS = 200
/** A large configuration that changes all the time may cost one part in this many of a processor to save. */
const COST_SHARE = 20

export interface SavedSnapshot {
  readonly revision: number
  /** Of the policy service's stream, where there is one. */
  readonly policyRevision: number
  readonly resources: readonly ModelResource[]
  /** Content hashes, by which the streams are resumed. */
  readonly hashes: Readonly<Record<ResourceKey, string>>
}

/**
 * The last good configuration on disk, so that a subscriber starts without its server.
 *
 * Written whole, synced and renamed, at most five times a second, and less often when that takes long: a crash or a full
 * disk leaves the former one. A write that fails is logged once per cause and tried again with the next change or by
 * {@link retry}; traffic does not depend on it.
 */
export class SnapshotFile {
  readonly #path: string
  readonly #clock: Clock
  readonly #log: Logger
  #timer: Timer | null = null
  #current: (() => SavedSnapshot) | null = null
  #lastError = ''
  /** What the last save took. */
  #costMs = 0
  writesFailed = 0

  constructor(path: string, clock: Clock, log: Logger) {
    this.#path = path
    this.#clock = clock
    this.#log = log
  }

  /** Why what is on disk is not what was to be saved last, '' when it is. */
  get trouble(): string {
    return this.#lastError
  }

  /** Saves what could not be saved, as it is by now. */
  retry(): void {
    if (this.#lastError !== '' && this.#current !== null) this.saveSoon(this.#current)
  }

  /** The saved snapshot, every value checked; null when there is none or it cannot be used, which is logged. */
  load(): SavedSnapshot | null {
    let text: string
    try {
      text = readFileSync(this.#path, 'utf8')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
        this.#log.warn('cannot read snapshot', { error: describeError(error) })
      return null
    }
    try {
      const saved = JSON.parse(text) as SavedSnapshot & { format: number }
      if (saved.format !== FORMAT || !Array.isArray(saved.resources))
        throw new Error(`found format ${saved.format}, expected ${FORMAT}`)
      return checked(saved)
    } catch (error) {
      this.#log.warn('snapshot is not usable, starting without', { path: this.#path, error: describeError(error) })
      return null
    }
  }

  /** Saves what the `current` of the last call returns then, soon. */
  saveSoon(current: () => SavedSnapshot): void {
    this.#current = current
    this.#timer ??= this.#clock.after(Math.max(DELAY_MS, this.#costMs * COST_SHARE), () => {
      this.#timer = null
      const startedAtMs = this.#clock.nowMs()
      this.saveNow(this.#current!())
      this.#costMs = this.#clock.nowMs() - startedAtMs
    })
  }

  saveNow(snapshot: SavedSnapshot): void {
    try {
      mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 })
      writeFileAtomic(this.#path, JSON.stringify({ format: FORMAT, ...snapshot }))
      if (this.#lastError !== '') this.#log.info('snapshot is saved again', { path: this.#path })
      this.#lastError = ''
    } catch (error) {
      this.writesFailed++
      const message = describeError(error)
      if (message !== this.#lastError) {
        this.#log.error('cannot save snapshot; nothing else is affected, a restart would use the former one', {
          path: this.#path,
          error: message,
        })
      }
      this.#lastError = message
    }
  }

  stop(): void {
    this.#timer?.cancel()
    this.#timer = null
    this.#current = null
  }
}

/** What a file of an earlier version lacks. */
const laterFields: { readonly [Kind in ResourceKind]?: object } = {
  Service: serviceDefaults,
  Workload: workloadDefaults,
}

/**
 * Reads every value as strictly as if it had come over a stream: a file that was damaged must not reach the data path.
 * Hashes are made anew: what is held is what was read, and where that is not what the server has, the server sends it.
 */
function checked(saved: SavedSnapshot): SavedSnapshot {
  const hashes: Record<ResourceKey, string> = {}
  const resources = saved.resources.map(({ kind, name, value }) => {
    if (!resourceKinds.includes(kind))
      throw new Error(`found kind ${JSON.stringify(kind)}, expected one of ${resourceKinds.join(', ')}`)
    const body = encodeModel(kind, { ...laterFields[kind], ...value } as never)
    hashes[resourceKey(kind, name)] = contentHash(body)
    return modelResource(kind, decodeModel(kind, name, body) as never)
  })
  const { revision, policyRevision } = saved
  if (!Number.isInteger(revision) || !Number.isInteger(policyRevision))
    throw new Error('found no revisions, expected whole numbers')
  return { revision, policyRevision, resources, hashes }
}
