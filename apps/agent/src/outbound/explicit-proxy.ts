import { timingSafeEqual } from 'node:crypto'
import { type Channel, type ChannelHandler, formatAddress, PrefixedChannel } from '@weft/channel'
import { splitAddress } from '@weft/config'
import { type Fault, fault } from '@weft/faults'
import { faultReply, type HttpService, refuseWithReply } from '@weft/http-proxy'
import { type Http1FaultCode, requestReader } from '@weft/http1'
import type { RequestHead } from '@weft/message'
import type { Caller, Destination, Origin } from '@weft/stack'
import type { Addressed, Snapshot } from '../snapshot/snapshot.ts'
import type { DataPlane } from '../worker/data-plane.ts'
import { httpServiceOf, serveHttp } from '../worker/http-connections.ts'
import { findByName, isMeshHost } from './mesh-name.ts'
import type { Outbound } from './outbound.ts'
import { Outside } from './outside.ts'
import { readGreeting, readRequest, readUserPassword, SOCKS_VERSION, socksReplies } from './socks5.ts'
import { outboundStack } from './stack.ts'

const HELLO_TIMEOUT_MS = 10_000
const LINGER_MS = 5_000
const HELLO_BYTES_MAX = 64 * 1024
const established = Buffer.from('HTTP/1.1 200 Connection established\r\n\r\n', 'latin1')

/**
 * The way out without capture: an HTTP proxy (absolute form and CONNECT) and SOCKS5 on one port. A program says which
 * workload it is by user and password; what it asks for outside the mesh is passed on as it is.
 *
 * Source: RFC 9110 sections 7.1 and 9.3.6, RFC 7617, RFC 1928, RFC 1929.
 */
export class ExplicitProxy {
  readonly plane: DataPlane
  readonly outbound: Outbound
  readonly #outside: Outside
  readonly #service: HttpService

  constructor(plane: DataPlane, outbound: Outbound) {
    this.plane = plane
    this.outbound = outbound
    this.#outside = new Outside(plane.random)
    const next = outboundStack(plane)
    this.#service = httpServiceOf(plane, (exchange) => {
      exchange.head.headers.delete('proxy-authorization')
      return next(exchange)
    })
  }

  accept(channel: Channel): void {
    new Hello(this, channel)
  }

  /** The workload that knows its secret; null for anybody else. */
  authenticate(user: string, password: string): Caller | null {
    const secret = this.plane.locals.local(user)?.proxySecret ?? ''
    const given = Buffer.from(password)
    const expected = Buffer.from(secret)
    if (secret === '' || given.length !== expected.length || !timingSafeEqual(given, expected)) return null
    return this.plane.locals.caller(user)
  }

  /** Octets to host and port, which HTTP is found in like anywhere. */
  connect(channel: Channel, caller: Caller, host: string, port: number): void {
    const namespace = namespaceOf(caller)
    const isMesh = isMeshHost(this.plane.snapshots.current, namespace, host)
    const as = isMesh ? caller : this.plane.locals.outside(caller)
    this.outbound.serve(
      channel,
      as,
      (snapshot) => this.find(snapshot, namespace, host, port),
      formatAddress(host, port),
    )
  }

  /** Requests in absolute form: each says itself where it goes. */
  serveRequests(channel: Channel, caller: Caller): void {
    const origin = new ProxyOrigin(this, caller)
    serveHttp(this.plane, this.plane.outboundTable, this.#service, channel, 'http1', origin, '')
  }

  /** A host of the mesh is never looked for outside, even when the port is not there. */
  find(snapshot: Snapshot, namespace: string, host: string, port: number): Addressed | null {
    const found = findByName(snapshot, namespace, host, port)
    if (found !== null || isMeshHost(snapshot, namespace, host)) return found
    return this.#outside.place(host, port)
  }
}

export function namespaceOf(caller: Caller): string {
  return caller.workload.split('/')[1] ?? 'default'
}

/** Where a request in absolute form goes, read from the request. */
class ProxyOrigin implements Origin {
  readonly caller: Caller
  readonly #proxy: ExplicitProxy

  constructor(proxy: ExplicitProxy, caller: Caller) {
    this.caller = caller
    this.#proxy = proxy
  }

  destination(head: RequestHead): Destination | Fault {
    const { authority, scheme } = head
    const target = splitAddress(authority) ?? splitAddress(`${authority}:${scheme === 'https' ? 443 : 80}`)
    const snapshot = this.#proxy.plane.snapshots.current
    if (target !== null && scheme === 'http') {
      const found = this.#proxy.find(snapshot, namespaceOf(this.caller), target.host, target.port)
      if (found !== null) return found
    }
    const message = `Cannot proxy to ${scheme}://${authority.slice(0, 200)}`
    return fault('no_route', 'proxy', `${message}: expected http to a port of a service, or to a host outside the mesh`)
  }
}

/** What a client of the proxy says first: greeting and request of SOCKS5, or the head of an HTTP request. */
class Hello implements ChannelHandler {
  readonly #proxy: ExplicitProxy
  readonly #channel: Channel
  readonly #timer: { cancel(): void }
  #read: Buffer
  #step: 'first' | 'http' | 'user' | 'request' | 'done'
  #caller: Caller | null

  constructor(proxy: ExplicitProxy, channel: Channel) {
    this.#proxy = proxy
    this.#channel = channel
    this.#read = Buffer.alloc(0)
    this.#step = 'first'
    this.#caller = null
    this.#timer = proxy.plane.clock.after(HELLO_TIMEOUT_MS, () => channel.destroy())
    channel.handler = this
  }

  bytes(bytes: Uint8Array): void {
    if (this.#step === 'done') return
    this.#read = Buffer.concat([this.#read, bytes])
    if (this.#read.length > HELLO_BYTES_MAX) return this.#channel.destroy(new Error('too long a greeting'))
    if (this.#step === 'first') this.#step = this.#read[0] === SOCKS_VERSION ? 'first' : 'http'
    if (this.#step === 'http') this.#http()
    else while (this.#socks());
  }

  end(): void {
    if (this.#step !== 'done') this.#channel.destroy()
  }

  drained(): void {}

  closed(): void {
    this.#timer.cancel()
  }

  /** One message of SOCKS5; false when there is not another whole one. */
  #socks(): boolean {
    if (this.#step === 'first') return this.#greeting()
    if (this.#step === 'user') return this.#user()
    if (this.#step === 'request') return this.#request()
    return false
  }

  #greeting(): boolean {
    const greeting = readGreeting(this.#read)
    if (greeting === 'more') return false
    if (greeting === 'bad' || !greeting.value) return this.#end(socksReplies.noMethod)
    this.#take(greeting.octets)
    this.#channel.write(socksReplies.useUserPassword)
    this.#step = 'user'
    return true
  }

  #user(): boolean {
    const given = readUserPassword(this.#read)
    if (given === 'more') return false
    this.#caller = given === 'bad' ? null : this.#proxy.authenticate(given.value.user, given.value.password)
    if (given === 'bad' || this.#caller === null) return this.#end(socksReplies.notAuthenticated)
    this.#take(given.octets)
    this.#channel.write(socksReplies.authenticated)
    this.#step = 'request'
    return true
  }

  #request(): boolean {
    const request = readRequest(this.#read)
    if (request === 'more') return false
    if (request === 'bad') return this.#end(socksReplies.addressRefused)
    if (request.value.command !== 1) return this.#end(socksReplies.commandRefused)
    this.#take(request.octets)
    this.#channel.write(socksReplies.connected)
    const { host, port } = request.value
    this.#proxy.connect(this.#handOver(), this.#caller!, host, port)
    return false
  }

  #http(): void {
    const head = readHead(this.#read)
    if (head === 'more') return
    if (typeof head === 'string') return this.#refuse(fault('malformed', 'proxy', head), 400)
    const caller = this.#callerOf(head)
    if (caller === null) {
      const message = 'The proxy is for workloads of this node: expected Basic credentials of one'
      return this.#refuse(fault('denied', 'proxy', message), 407)
    }
    if (head.method !== 'CONNECT') return this.#proxy.serveRequests(this.#handOver(), caller)
    const target = splitAddress(head.authority)
    if (target === null) return this.#refuse(fault('malformed', 'proxy', 'CONNECT without host:port'), 400)
    this.#take(this.#read.indexOf('\r\n\r\n') + 4)
    this.#channel.write(established)
    this.#proxy.connect(this.#handOver(), caller, target.host, target.port)
  }

  #callerOf(head: RequestHead): Caller | null {
    const given = head.headers.get('proxy-authorization') ?? ''
    if (!given.toLowerCase().startsWith('basic ')) return null
    const credentials = Buffer.from(given.slice('basic '.length), 'base64').toString('utf8')
    const colon = credentials.indexOf(':')
    return colon < 0 ? null : this.#proxy.authenticate(credentials.slice(0, colon), credentials.slice(colon + 1))
  }

  #refuse(refusal: Fault, status: number): void {
    this.#finish()
    const reply = faultReply(refusal, null)
    reply.head.status = status
    if (status === 407) reply.head.headers.append('proxy-authenticate', 'Basic realm="weft"')
    refuseWithReply(this.#channel, reply)
    this.#proxy.plane.clock.after(LINGER_MS, () => this.#channel.destroy())
  }

  #end(reply: Uint8Array): false {
    this.#finish()
    this.#channel.write(reply)
    this.#channel.end()
    this.#proxy.plane.clock.after(LINGER_MS, () => this.#channel.destroy())
    return false
  }

  /** The channel from where the greeting ended. */
  #handOver(): Channel {
    this.#finish()
    this.#channel.pause()
    return new PrefixedChannel(this.#channel, this.#read.length === 0 ? [] : [this.#read])
  }

  #take(octets: number): void {
    this.#read = this.#read.subarray(octets)
  }

  #finish(): void {
    this.#step = 'done'
    this.#timer.cancel()
  }
}

/** The head of a request without taking it: `more` when it is not whole, or what is wrong with it. */
function readHead(bytes: Buffer): RequestHead | string {
  let found: RequestHead | string = 'more'
  const reader = requestReader({
    head: (head) => {
      found = head
      reader.pause()
    },
    interim: () => {},
    bytes: () => {},
    end: () => {},
    failed: (_: Http1FaultCode, message: string) => {
      found = message
    },
  })
  reader.feed(Buffer.from(bytes))
  return found
}
