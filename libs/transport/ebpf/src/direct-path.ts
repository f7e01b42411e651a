import { isSystemError, type Addon } from '@weft/addon'
import { DIRECT_ENDPOINTS_MAX, directSlots, maximums } from '@weft/bpf'
import type { DirectCallee, DirectCounts, DirectFlow, DirectPlan, DirectService, MayContinue } from './direct.ts'
import {
  decodeDirectCounts,
  decodeDirectFlow,
  decodeDirectPair,
  encodeDirectCountKey,
  encodeDirectPair,
  encodeDirectService,
  encodeVerdict,
} from './direct-entries.ts'
import { decodeEndpoint, decodePort, decodeU64, encodeEndpoint, encodePort, encodeU32, encodeU64 } from './entries.ts'
import type { KernelMaps } from './maps.ts'
import { endSocket, hasSocket, listeningSockets, whySocketsStay, type SocketId } from './socket-diag.ts'

/** What {@link DirectPath.apply} did. */
export interface DirectChange {
  /** Pairs that were allowed and are not any more. */
  readonly revoked: number
  /** Open connections that were ended. */
  readonly ended: number
  /** Callees that found no room and go by the agent. */
  readonly skipped: number
}

/** Where the caller's network namespace is; null for one that is not known. */
export type NetnsOf = (cgroup: bigint) => string | null

/**
 * The way without the agent between workloads of one node: what may go that way, what goes there now, and the end of what
 * may not any more.
 *
 * Guarantee: when `apply` returns, no connection begins that the plan does not allow, and none is open that `mayContinue`
 * refuses. What is allowed is written last, what is forbidden first.
 */
export class DirectPath {
  readonly #addon: Addon
  readonly #maps: KernelMaps
  readonly #netnsOf: NetnsOf
  #services = new Map<string, DirectService>()
  #callees = new Map<string, DirectCallee>()
  /** Of an earlier life: all of it is written anew once. */
  #isFirst = true
  #reason: string | null = null

  constructor(addon: Addon, maps: KernelMaps, netnsOf: NetnsOf) {
    this.#addon = addon
    this.#maps = maps
    this.#netnsOf = netnsOf
  }

  /** Why nothing can go without the agent on this kernel, '' when it can. */
  get unavailable(): string {
    return (this.#reason ??= whySocketsStay(this.#addon))
  }

  /**
   * Makes this the plan; `mayContinue` is asked about each open connection, null when nothing changed that it depends on.
   * Faults: Failure `socket_stays`, SystemError; what is forbidden is written then, what is allowed is not.
   */
  apply(plan: DirectPlan, mayContinue: MayContinue | null): DirectChange {
    const services = new Map(plan.services.map((service) => [textOf(service.at), service]))
    const callees = new Map<string, DirectCallee>()
    let [grants, skipped] = [0, 0]
    for (const callee of plan.callees) {
      if (grants + callee.verdicts.size > maximums.directGrants) skipped++
      else {
        grants += callee.verdicts.size
        callees.set(textOf(callee), callee)
      }
    }
    const revoked = this.#isFirst ? this.#revokeHeld(services, callees) : this.#revoke(services, callees)
    const ended = mayContinue === null && !this.#isFirst ? 0 : this.#end(mayContinue ?? (() => true))
    this.#grant(services, callees)
    this.#services = services
    this.#callees = callees
    this.#isFirst = false
    return { revoked, ended, skipped }
  }

  /**
   * Takes everything out that a workload calls or is called by, and ends it. With `isGone` its cgroup is no more, and no
   * socket of it is left.
   */
  forget(caller: bigint, address: string, isGone = false): number {
    for (const [key, callee] of [...this.#callees]) {
      if (callee.address === address) this.#removeCallee(key, callee)
      else if (callee.verdicts.has(caller)) this.#removeCaller(key, callee, caller)
    }
    for (const key of this.#maps.pod_ports.keys())
      if (decodeEndpoint(key).address === address) this.#maps.pod_ports.delete(key)
    if (isGone) this.#takeOut((flow) => flow.caller === caller)
    return this.#end((from, { address: to }) => from !== caller && to !== address)
  }

  /** Open connections, as the kernel has them. */
  flows(): DirectFlow[] {
    return [...this.#flows()].map(({ flow }) => flow)
  }

  counts(): DirectCounts[] {
    const { direct_counts: map } = this.#maps
    const counts: DirectCounts[] = []
    for (const key of map.keys()) {
      const value = map.get(key)
      if (value !== null) counts.push(decodeDirectCounts(key, value))
    }
    return counts
  }

  /** Forgets numbers of a caller that is gone. */
  forgetCounts({ caller, asked, callee }: DirectCounts): void {
    this.#maps.direct_counts.delete(encodeDirectCountKey(caller, asked, callee))
  }

  /**
   * Notes who listens at an address of an own network already, since before the hooks stood or under programs of another
   * build: the hooks see only who begins to.
   */
  noteListening(workload: bigint, address: string, netnsPath: string, exceptPorts: readonly number[]): void {
    const sockets = this.#inNetns(netnsPath, (netns) => listeningSockets(this.#addon, netns))
    const isIpv4 = !address.includes(':')
    const open = new Set<number>()
    for (const socket of sockets) {
      const isEverywhere = socket.address === '' && (socket.takesIpv4 || !isIpv4)
      if ((isEverywhere || socket.address === address) && !exceptPorts.includes(socket.port)) open.add(socket.port)
    }
    const { pod_ports: map } = this.#maps
    for (const key of map.keys()) {
      const at = decodeEndpoint(key)
      const value = at.address === address && !open.has(at.port) ? map.get(key) : null
      if (value !== null && decodePort(value).listeners === 0) map.delete(key)
    }
    for (const port of open) {
      const key = encodeEndpoint({ address, port })
      const known = map.get(key)
      if (known !== null && decodePort(known).workload === workload) continue
      map.set(key, encodePort({ workload, listeners: 0, isDeclared: false, isKept: true, isContested: false }))
    }
  }

  /** Whether there is less than half of the room for flows left. */
  get isCrowded(): boolean {
    const { direct_open: map } = this.#maps
    const [filed, swept] = [directSlots.filed, directSlots.swept].map((slot) => map.get(encodeU32(slot)))
    const entries = (filed ? decodeU64(filed) : 0n) - (swept ? decodeU64(swept) : 0n)
    return entries > BigInt(maximums.directFlows / 2)
  }

  /** Takes out flows whose socket is gone without the hooks having seen it. Returns how many. Costs some µs for each. */
  sweep(): number {
    return this.#takeOut((flow) => {
      const path = this.#netnsOf(flow.caller)
      return path !== null && !this.#inNetns(path, (netns) => hasSocket(this.#addon, netns, idOf(flow)))
    })
  }

  /** What an earlier life left that the plan does not say. */
  #revokeHeld(services: Map<string, DirectService>, callees: Map<string, DirectCallee>): number {
    const { direct_services, direct_grants } = this.#maps
    for (const key of direct_services.keys())
      if (!services.has(textOf(decodeEndpoint(key)))) direct_services.delete(key)
    let revoked = 0
    for (const key of direct_grants.keys()) {
      const { caller, callee } = decodeDirectPair(key)
      const verdict = callees.get(textOf(callee))?.verdicts.get(caller)
      if (verdict === 'refuse') direct_grants.set(key, encodeVerdict('refuse'))
      else if (verdict === undefined && direct_grants.delete(key)) revoked++
    }
    this.#services = new Map()
    this.#callees = new Map()
    return revoked
  }

  #revoke(services: Map<string, DirectService>, callees: Map<string, DirectCallee>): number {
    const { direct_services, direct_grants } = this.#maps
    for (const [key, service] of this.#services)
      if (!services.has(key)) direct_services.delete(encodeEndpoint(service.at))
    let revoked = 0
    for (const [key, before] of this.#callees) {
      const after = callees.get(key)
      if (after === before) continue
      for (const [caller, verdict] of before.verdicts) {
        const now = after?.verdicts.get(caller)
        if (now === verdict) continue
        if (verdict === 'allow') revoked++
        if (now === undefined) direct_grants.delete(encodeDirectPair(caller, before))
        else if (now === 'refuse') direct_grants.set(encodeDirectPair(caller, before), encodeVerdict(now))
      }
    }
    return revoked
  }

  #grant(services: Map<string, DirectService>, callees: Map<string, DirectCallee>): void {
    const { direct_services, direct_grants } = this.#maps
    for (const [key, callee] of callees) {
      const before = this.#callees.get(key)
      if (before === callee) continue
      for (const [caller, verdict] of callee.verdicts)
        if (before?.verdicts.get(caller) !== verdict)
          direct_grants.set(encodeDirectPair(caller, callee), encodeVerdict(verdict))
    }
    for (const [key, { at, endpoints }] of services) {
      const before = this.#services.get(key)
      if (before?.endpoints === endpoints || endpoints.length === 0 || endpoints.length > DIRECT_ENDPOINTS_MAX) continue
      direct_services.set(encodeEndpoint(at), encodeDirectService(endpoints))
    }
  }

  #removeCallee(key: string, callee: DirectCallee): void {
    for (const caller of callee.verdicts.keys()) this.#maps.direct_grants.delete(encodeDirectPair(caller, callee))
    this.#callees.delete(key)
  }

  #removeCaller(key: string, callee: DirectCallee, caller: bigint): void {
    this.#maps.direct_grants.delete(encodeDirectPair(caller, callee))
    const verdicts = new Map(callee.verdicts)
    verdicts.delete(caller)
    this.#callees.set(key, { ...callee, verdicts })
  }

  #end(mayContinue: MayContinue): number {
    const asked = new Map<string, boolean>()
    let [ended, swept] = [0, 0]
    for (const { key, flow } of this.#flows()) {
      const pair = `${flow.caller} ${textOf(flow.callee)}`
      const known = asked.get(pair) ?? mayContinue(flow.caller, flow.callee)
      asked.set(pair, known)
      if (known) continue
      const path = this.#netnsOf(flow.caller)
      // Not enrolled in this life of the agent yet: it is asked about again when it is.
      if (path === null) continue
      if (this.#endFlow(flow, path)) ended++
      // The hook takes it out as the socket closes; not where it stands no more.
      if (this.#maps.direct_flows.delete(key)) swept++
    }
    this.#addSwept(swept)
    return ended
  }

  #takeOut(isMeant: (flow: DirectFlow) => boolean): number {
    let swept = 0
    for (const { key, flow } of this.#flows()) if (isMeant(flow) && this.#maps.direct_flows.delete(key)) swept++
    this.#addSwept(swept)
    return swept
  }

  /** False when it had ended. */
  #endFlow(flow: DirectFlow, path: string): boolean {
    try {
      return this.#inNetns(path, (netns) => endSocket(this.#addon, netns, idOf(flow)))
    } catch (error) {
      // The namespace is gone, and its sockets with it.
      if (isSystemError(error, 'ENOENT')) return false
      throw error
    }
  }

  *#flows(): Generator<{ key: Uint8Array; flow: DirectFlow }> {
    const { direct_flows: map } = this.#maps
    for (const key of map.keys()) {
      const value = map.get(key)
      if (value !== null) yield { key, flow: decodeDirectFlow(key, value) }
    }
  }

  #addSwept(count: number): void {
    if (count === 0) return
    const slot = encodeU32(directSlots.swept)
    const before = this.#maps.direct_open.get(slot)
    this.#maps.direct_open.set(slot, encodeU64((before === null ? 0n : decodeU64(before)) + BigInt(count)))
  }

  #inNetns<T>(path: string, work: (netns: number) => T): T {
    const netns = this.#addon.openNetns(path)
    try {
      return work(netns)
    } finally {
      this.#addon.closeFd(netns)
    }
  }
}

function textOf({ address, port }: { readonly address: string; readonly port: number }): string {
  return `${address} ${port}`
}

function idOf({ source, callee, cookie }: DirectFlow): SocketId {
  return {
    localAddress: source.address,
    localPort: source.port,
    remoteAddress: callee.address,
    remotePort: callee.port,
    cookie,
  }
}
