import { isSystemError, type Addon } from '@weft/addon'
import { Failure } from '@weft/faults'
import { endianness } from 'node:os'
import { readAddress, writeAddress } from './address.ts'

/** Source: sock_diag(7), linux/inet_diag.h. */
const SOCK_DIAG_BY_FAMILY = 20
const SOCK_DESTROY = 21
const NLM_F_REQUEST = 0x1
const NLM_F_ACK = 0x4
const NLM_F_DUMP = 0x300
const NLMSG_ERROR = 2
const HEADER_BYTES = 16
const REQUEST_BYTES = HEADER_BYTES + 56
/** Of struct inet_diag_msg, after which attributes follow. */
const MESSAGE_BYTES = 72
const INET_DIAG_SKV6ONLY = 11
const AF_INET = 2
const AF_INET6 = 10
const IPPROTO_TCP = 6
const TCP_LISTEN = 10
const NO_COOKIE = 0xffff_ffff_ffff_ffffn
const ENOENT = 2
const ESTALE = 116
const little = endianness() === 'LE'

/** One TCP socket, by its ends and its number. */
export interface SocketId {
  readonly localAddress: string
  readonly localPort: number
  readonly remoteAddress: string
  readonly remotePort: number
  /** As the kernel's programs and `socketCookie` have it. */
  readonly cookie: bigint
}

export interface ListeningSocket {
  /** '' for every address of its family. */
  readonly address: string
  readonly port: number
  /** Takes IPv4 as well when it listens on every address of IPv6. */
  readonly takesIpv4: boolean
}

/** Why sockets can't be ended on this kernel, '' when they can. Asks to end one that is not there. */
export function whySocketsStay(addon: Addon): string {
  const none = { localAddress: '127.0.0.1', localPort: 0, remoteAddress: '127.0.0.1', remotePort: 0, cookie: 1n }
  try {
    const errno = errnoOf(addon.socketDiag(-1, encodeRequest(SOCK_DESTROY, NLM_F_ACK, none)))
    return errno === ENOENT || errno === ESTALE ? '' : `the kernel does not end sockets (error ${errno})`
  } catch (error) {
    if (isSystemError(error)) return `the kernel cannot be asked about sockets: ${error.message}`
    throw error
  }
}

/**
 * Ends a socket as a reset does: its program gets ECONNABORTED, its peer a RST. False when it is gone already.
 * Faults: Failure `socket_stays` when the kernel refuses; the addon's SystemError.
 */
export function endSocket(addon: Addon, netns: number, socket: SocketId): boolean {
  const errno = errnoOf(addon.socketDiag(netns, encodeRequest(SOCK_DESTROY, NLM_F_ACK, socket)))
  if (errno === 0) return true
  if (errno === ENOENT || errno === ESTALE) return false
  const { localAddress, localPort, remoteAddress, remotePort } = socket
  const ends = `${localAddress} ${localPort} to ${remoteAddress} ${remotePort}`
  throw new Failure('socket_stays', `Cannot end the connection from ${ends}: the kernel said error ${errno}`)
}

/** Whether that very socket is still there. */
export function hasSocket(addon: Addon, netns: number, socket: SocketId): boolean {
  return errnoOf(addon.socketDiag(netns, encodeRequest(SOCK_DIAG_BY_FAMILY, NLM_F_ACK, socket))) === 0
}

/** Every TCP socket that listens in a network namespace. */
export function listeningSockets(addon: Addon, netns: number): ListeningSocket[] {
  const found: ListeningSocket[] = []
  for (const family of [AF_INET, AF_INET6]) {
    const request = encodeDump(family, 1 << TCP_LISTEN)
    for (const message of messagesIn(addon.socketDiag(netns, request))) {
      if (message.type === SOCK_DIAG_BY_FAMILY) found.push(decodeListening(message.body, family))
    }
  }
  return found
}

function encodeRequest(type: number, flags: number, socket: SocketId): Uint8Array {
  const bytes = request(type, flags, socket.localAddress.includes(':') ? AF_INET6 : AF_INET)
  const view = new DataView(bytes.buffer)
  view.setUint32(HEADER_BYTES + 4, 0xffff_ffff, little)
  view.setUint16(HEADER_BYTES + 8, socket.localPort)
  view.setUint16(HEADER_BYTES + 10, socket.remotePort)
  writeIp(socket.localAddress, bytes, HEADER_BYTES + 12)
  writeIp(socket.remoteAddress, bytes, HEADER_BYTES + 28)
  view.setUint32(HEADER_BYTES + 48, Number(socket.cookie & 0xffff_ffffn), little)
  view.setUint32(HEADER_BYTES + 52, Number(socket.cookie >> 32n), little)
  return bytes
}

function encodeDump(family: number, states: number): Uint8Array {
  const bytes = request(SOCK_DIAG_BY_FAMILY, NLM_F_DUMP, family)
  const view = new DataView(bytes.buffer)
  view.setUint32(HEADER_BYTES + 4, states, little)
  view.setUint32(HEADER_BYTES + 48, Number(NO_COOKIE & 0xffff_ffffn), little)
  view.setUint32(HEADER_BYTES + 52, Number(NO_COOKIE >> 32n), little)
  return bytes
}

function request(type: number, flags: number, family: number): Uint8Array {
  const bytes = new Uint8Array(REQUEST_BYTES)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, REQUEST_BYTES, little)
  view.setUint16(4, type, little)
  view.setUint16(6, NLM_F_REQUEST | flags, little)
  bytes[HEADER_BYTES] = family
  bytes[HEADER_BYTES + 1] = IPPROTO_TCP
  return bytes
}

/** IPv4 in the first four octets, as the kernel has it here. */
function writeIp(address: string, out: Uint8Array, offset: number): void {
  const mapped = new Uint8Array(16)
  writeAddress(address, mapped, 0)
  out.set(address.includes(':') ? mapped : mapped.subarray(12), offset)
}

interface Message {
  readonly type: number
  readonly body: Uint8Array
}

function* messagesIn(answer: Uint8Array): Generator<Message> {
  const view = new DataView(answer.buffer, answer.byteOffset, answer.byteLength)
  for (let offset = 0; offset + HEADER_BYTES <= answer.length;) {
    const length = view.getUint32(offset, little)
    if (length < HEADER_BYTES || offset + length > answer.length) return
    const body = answer.subarray(offset + HEADER_BYTES, offset + length)
    yield { type: view.getUint16(offset + 4, little), body }
    offset += (length + 3) & ~3
  }
}

/** Of the answer to a question about one socket: 0 when it was found or done. */
function errnoOf(answer: Uint8Array): number {
  for (const { type, body } of messagesIn(answer)) {
    if (type !== NLMSG_ERROR) continue
    return -new DataView(body.buffer, body.byteOffset, body.byteLength).getInt32(0, little)
  }
  return 0
}

function decodeListening(body: Uint8Array, family: number): ListeningSocket {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength)
  const mapped = new Uint8Array(16)
  const source = body.subarray(8, 24)
  if (family === AF_INET6) mapped.set(source)
  else if (source.subarray(0, 4).some((octet) => octet !== 0)) {
    mapped.set([0xff, 0xff], 10)
    mapped.set(source.subarray(0, 4), 12)
  }
  return {
    address: readAddress(mapped, 0),
    port: view.getUint16(4),
    takesIpv4: family === AF_INET || readByte(body, INET_DIAG_SKV6ONLY) === 0,
  }
}

/** The first octet of an attribute, -1 when there is none. */
function readByte(body: Uint8Array, attribute: number): number {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength)
  for (let offset = MESSAGE_BYTES; offset + 4 <= body.length;) {
    const length = view.getUint16(offset, little)
    if (length < 4) break
    if (view.getUint16(offset + 2, little) === attribute) return body[offset + 4] ?? -1
    offset += (length + 3) & ~3
  }
  return -1
}
