import type { Addon } from '@weft/ebpf'

/** What only native code can give back: memory that was freed, and program code that only starting ran, about a third. */
export function releaseMemory(addon: Addon | null): void {
  addon?.trimHeap()
  addon?.releaseFilePages()
}
