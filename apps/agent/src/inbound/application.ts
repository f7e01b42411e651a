import type { Dialled } from '@weft/channel'
import { fault } from '@weft/faults'
import type { Connector } from '@weft/layers'
import type { Workload } from '@weft/topology'
import type { DataPlane } from '../worker/data-plane.ts'
import { ListenerOwners } from './listener-owner.ts'

const CONNECT_TIMEOUT_MS = 2_000
const REMEMBERED_MAX = 65_536

type Parts = Pick<DataPlane, 'snapshots' | 'locals' | 'localPorts' | 'namespaces'>

/**
 * Connects to applications of this node: by loopback or by the address of their workload, whichever they listen on. What
 * worked last is tried first.
 *
 * Guarantee: in the shared network the kernel lets a connection through to a socket of that very workload only, see
 * docs/decisions/0093-a-dial-names-the-workload-it-is-for.md.
 * Faults: `connect_failed` with what the last address said, `not_ready` for a workload that is not enrolled here.
 */
export class Applications {
  readonly #plane: Parts
  readonly #owners: Pick<ListenerOwners, 'isOf'>
  readonly #worked = new Map<string, string>()

  constructor(plane: Parts, owners: Pick<ListenerOwners, 'isOf'> = new ListenerOwners()) {
    this.#plane = plane
    this.#owners = owners
  }

  async dial(workload: Workload, port: number): Promise<Dialled> {
    const local = this.#plane.locals.local(workload.uid)
    if (local === null) {
      const message = `Cannot connect to ${workload.uid}: it is not enrolled here, expected a workload of this node`
      return fault('not_ready', 'application', message)
    }
    const claim =
      workload.networkMode === 'shared' ? (fd: number) => this.#plane.localPorts.claim(fd, local.cgroupId) : null
    const key = `${workload.uid}:${port}`
    const { netnsPath } = local
    let last: Dialled = noListener(workload, port)
    for (const address of this.#inOrder(key, workload, port)) {
      last = await this.#plane.namespaces.dial(netnsPath, '', address, port, CONNECT_TIMEOUT_MS, claim)
      if (!last.ok) continue
      if (this.#worked.size >= REMEMBERED_MAX) this.#worked.clear()
      this.#worked.set(key, address)
      return last
    }
    this.#worked.delete(key)
    return last
  }

  /** For the pools of HTTP connections. */
  connector(): Connector {
    return (_, upstream) => {
      const workload = this.#plane.snapshots.current.workload(upstream.workload)
      if (workload !== null) return this.dial(workload, upstream.port)
      const message = `Cannot connect to ${upstream.workload}: it is not configured any more, expected a workload of this node`
      return Promise.resolve(fault('not_ready', 'application', message))
    }
  }

  #inOrder(key: string, workload: Workload, port: number): string[] {
    const addresses = this.#addressesOf(workload, port)
    const worked = this.#worked.get(key)
    if (worked === undefined || !addresses.includes(worked)) return addresses
    return [worked, ...addresses.filter((address) => address !== worked)]
  }

  /**
   * In its own network a program may listen on the workload's address, and what it keeps to its loopback is meant for
   * nobody else unless it was declared. On a shared network it listens on loopback or everywhere, nearly always.
   */
  #addressesOf(workload: Workload, port: number): string[] {
    const loopback = ['127.0.0.1', '::1']
    const { address, networkMode } = workload
    if (networkMode === 'own') return declares(workload, port) ? [address, ...loopback] : [address]
    if (networkMode === 'shared' || !this.#isDeclaredTwice(workload, port)) return [...loopback, address]
    const secret = this.#plane.locals.local(workload.uid)?.proxySecret ?? ''
    return [...loopback, address].filter((each) => this.#owners.isOf(each, port, secret))
  }

  /** Without capture no kernel hook tells whose a socket is: where two declare its port, its process has to be asked. */
  #isDeclaredTwice(workload: Workload, port: number): boolean {
    for (const { uid } of this.#plane.locals.all()) {
      const other = uid === workload.uid ? null : this.#plane.snapshots.current.workload(uid)
      if (other !== null && declares(other, port)) return true
    }
    return false
  }
}

function declares(workload: Workload, port: number): boolean {
  return workload.ports.some((declared) => declared.port === port)
}

function noListener({ uid }: Workload, port: number): Dialled {
  const message = `Cannot connect to ${uid}: found several workloads that declare port ${port}, and no program of this one`
  return fault('connect_failed', 'application', `${message} that listens there; expected one`)
}
