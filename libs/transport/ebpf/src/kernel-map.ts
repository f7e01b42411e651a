import { isSystemError, mapFlags, type Addon, type MapFlag } from '@weft/addon'

/** Keys of a map are compared as text. */
export type KeyText = string

export function keyText(key: Uint8Array): KeyText {
  return Buffer.from(key.buffer, key.byteOffset, key.byteLength).toString('latin1')
}

export function keyOctets(text: KeyText): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'latin1'))
}

/** One map of the kernel behind a descriptor, which belongs to it. */
export class KernelMap {
  readonly name: string
  readonly #addon: Addon
  readonly #fd: number
  readonly #cpus: number
  readonly #entriesMax: number

  constructor(addon: Addon, path: string, cpus: number) {
    this.#addon = addon
    this.#fd = addon.objectGet(path)
    this.#cpus = cpus
    const info = addon.mapInfo(this.#fd)
    this.name = info.name
    this.#entriesMax = info.entriesMax
  }

  get(key: Uint8Array): Uint8Array | null {
    return this.#addon.mapGet(this.#fd, key, this.#cpus)
  }

  set(key: Uint8Array, value: Uint8Array, flag: MapFlag = mapFlags.any): void {
    this.#addon.mapSet(this.#fd, key, value, flag)
  }

  /** False when the key was there already; it is left as it is. */
  setIfAbsent(key: Uint8Array, value: Uint8Array): boolean {
    try {
      this.set(key, value, mapFlags.absent)
      return true
    } catch (error) {
      if (isSystemError(error, 'EEXIST')) return false
      throw error
    }
  }

  delete(key: Uint8Array): boolean {
    return this.#addon.mapDelete(this.#fd, key)
  }

  /** Every key at one time or another during the walk; bounded even while the kernel changes the map under it. */
  keys(): Uint8Array[] {
    const seen = new Map<KeyText, Uint8Array>()
    let key = this.#addon.mapNextKey(this.#fd, null)
    for (let steps = 0; key !== null && steps < 2 * this.#entriesMax; steps++) {
      seen.set(keyText(key), key)
      key = this.#addon.mapNextKey(this.#fd, key)
    }
    return [...seen.values()]
  }

  close(): void {
    this.#addon.closeFd(this.#fd)
  }
}
