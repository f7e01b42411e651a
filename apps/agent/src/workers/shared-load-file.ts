import { closeSync, ftruncateSync, openSync, unlinkSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sharedLoadBytes, sharedLoadColumn } from '@weft/balancer'
import { describeError } from '@weft/faults'
import type { Logger } from '@weft/telemetry'
import type { SharedLoadPlace } from '../worker/messages.ts'

const SLOTS_MAX = 16_384

/**
 * The memory in which workers tell each other what they have in flight: a file without a name, which ends with this
 * process and its workers. Workers map it by our descriptor; a worker that is gone has its column cleared here.
 */
export class SharedLoadFile {
  readonly place: SharedLoadPlace
  readonly #fd: number

  private constructor(fd: number, columnsMax: number) {
    this.#fd = fd
    this.place = Object.freeze({ path: `/proc/${process.pid}/fd/${fd}`, slotsMax: SLOTS_MAX, columnsMax })
  }

  /** Null when no such file can be had: then every worker sees its own load alone. */
  static create(columnsMax: number, log: Logger): SharedLoadFile | null {
    for (const directory of ['/dev/shm', tmpdir()]) {
      try {
        const path = join(directory, `weft-load-${process.pid}-${created++}`)
        const fd = openSync(path, 'wx+', 0o600)
        unlinkSync(path)
        ftruncateSync(fd, sharedLoadBytes(SLOTS_MAX, columnsMax))
        return new SharedLoadFile(fd, columnsMax)
      } catch (error) {
        log.debug('no memory to share loads in', { directory, error: describeError(error) })
      }
    }
    return null
  }

  /** Takes back what a worker had in flight when it ended. */
  clear(column: number): void {
    const { from, bytes } = sharedLoadColumn(this.place.slotsMax, this.place.columnsMax, column)
    writeSync(this.#fd, Buffer.alloc(bytes), 0, bytes, from)
  }

  close(): void {
    closeSync(this.#fd)
  }
}

let created = 0
