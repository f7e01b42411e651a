import { formatWorkloadIdentity } from '@weft/identity'
import type { Caller } from '@weft/stack'
import type { Workload } from '@weft/topology'
import type { SnapshotStore } from '../snapshot/snapshot-store.ts'
import type { LocalWorkload } from './messages.ts'

/** Service account of what comes in by a published port. */
const INGRESS = 'ingress'

/** The workloads of this node as callers. A caller is one object for as long as its workload stays the same. */
export class LocalWorkloads {
  readonly #snapshots: SnapshotStore
  readonly #trustDomain: string
  #byUid = new Map<string, LocalWorkload>()
  #byCgroup = new Map<bigint, LocalWorkload>()
  readonly #callers = new Map<string, Caller>()

  constructor(snapshots: SnapshotStore, trustDomain: string) {
    this.#snapshots = snapshots
    this.#trustDomain = trustDomain
  }

  /** Replaces the list. */
  set(local: readonly LocalWorkload[]): void {
    this.#byUid = new Map(local.map((workload) => [workload.uid, workload]))
    this.#byCgroup = new Map(
      local.filter(({ cgroupId }) => cgroupId !== 0n).map((workload) => [workload.cgroupId, workload]),
    )
    for (const [key, caller] of this.#callers) {
      if (caller.workload !== '' && !this.#byUid.has(caller.workload)) this.#callers.delete(key)
    }
  }

  all(): IterableIterator<LocalWorkload> {
    return this.#byUid.values()
  }

  local(uid: string): LocalWorkload | null {
    return this.#byUid.get(uid) ?? null
  }

  byCgroup(cgroupId: bigint): LocalWorkload | null {
    return this.#byCgroup.get(cgroupId) ?? null
  }

  /** The configured workload of a local one; null while the configuration does not have it. */
  workload(uid: string): Workload | null {
    return this.#snapshots.current.workload(uid)
  }

  /** A local workload as caller; null when it is not known here or not configured. */
  caller(uid: string): Caller | null {
    const local = this.#byUid.get(uid)
    const workload = this.workload(uid)
    if (local === undefined || workload === null) return null
    const { namespace, serviceAccount, address } = workload
    const identity = formatWorkloadIdentity({ trustDomain: this.#trustDomain, namespace, serviceAccount })
    return this.#keep(`/${uid}`, {
      identity,
      workload: uid,
      security: 'mtls',
      sourceAddress: address,
      netnsPath: local.netnsPath,
    })
  }

  /** Whoever comes in by a published port of that namespace. */
  ingress(namespace: string): Caller {
    const identity = formatWorkloadIdentity({ trustDomain: this.#trustDomain, namespace, serviceAccount: INGRESS })
    return this.#keep(identity, { identity, workload: '', security: 'mtls', sourceAddress: '', netnsPath: '' })
  }

  /** The same caller on its way out of the mesh, where nothing proves who it is. */
  outside(caller: Caller): Caller {
    return this.#keep(`/${caller.workload} outside`, { ...caller, security: 'none', sourceAddress: '' })
  }

  #keep(key: string, caller: Caller): Caller {
    const known = this.#callers.get(key)
    if (known !== undefined && isSame(known, caller)) return known
    const kept = Object.freeze(caller)
    this.#callers.set(key, kept)
    return kept
  }
}

function isSame(a: Caller, b: Caller): boolean {
  return a.identity === b.identity && a.sourceAddress === b.sourceAddress && a.netnsPath === b.netnsPath
}
