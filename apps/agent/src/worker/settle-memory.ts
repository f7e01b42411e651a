import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Addon } from '@weft/ebpf'

type Collect = (options: { type: 'major'; flavor: 'last-resort' }) => void

/**
 * Gives back what starting took: the garbage of loading and the room that it needed, about a tenth of the process, and with
 * the addon the program code that only starting ran, about a third. To be called once, before there is work: it takes a
 * twentieth of a second. Without V8's own collector to be had, the garbage stays.
 */
export function settleMemory(addon: Addon | null): void {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('typeof gc === "function" ? gc : null') as Collect | null
  collect?.({ type: 'major', flavor: 'last-resort' })
  addon?.releaseFilePages()
}
