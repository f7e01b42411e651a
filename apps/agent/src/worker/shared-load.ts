import { SharedLoad, sharedLoadBytes } from '@weft/balancer'
import type { Addon } from '@weft/ebpf'
import { describeError } from '@weft/faults'
import type { Logger } from '@weft/telemetry'
import type { WorkerOptions } from './messages.ts'

/** What the workers of this agent share of their loads; null without the addon, or when it can't be: then each sees its own. */
export function openSharedLoad(
  { sharedLoad, index }: WorkerOptions,
  addon: Addon | null,
  log: Logger,
): SharedLoad | null {
  if (sharedLoad === null || addon === null) return null
  const { path, slotsMax, columnsMax } = sharedLoad
  try {
    const memory = addon.mapShared(path, sharedLoadBytes(slotsMax, columnsMax))
    return new SharedLoad(memory, slotsMax, columnsMax, index, process.pid)
  } catch (error) {
    log.warn('loads are not shared with other workers', { error: describeError(error) })
    return null
  }
}
