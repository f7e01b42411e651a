import {
  DnsRefusal,
  HEADER_BYTES,
  MESSAGE_BYTES_MAX,
  readMessage,
  replyCode,
  UDP_BYTES_DEFAULT,
  writeMessage,
  type DnsMessage,
} from '@weft/dns'
import { assert } from '@weft/faults'
import { answerMesh, replyTo, type AnswerOptions, type MeshNames } from './answer.ts'
import type { Forwarder } from './forwarder.ts'
import { copyHeaderReply, copyTruncated } from './raw-message.ts'

/** Queries since the start, each counted once. */
export interface DnsCounters {
  /** Answered from the mesh. */
  mesh: number
  /** Answered by a resolver of the machine. */
  forwarded: number
  /** Answered with SERVFAIL: no resolver answered, or too many questions on their way. */
  failed: number
  /** Refused: malformed, or of a kind that is not served. */
  refused: number
  /** Not answered at all: no query, or our own come back. */
  dropped: number
}

const QUERY = 0
/** What a client may take over UDP is believed up to here. */
const UDP_BYTES_MAX = 4096

/**
 * Turns one query into one reply: from the mesh, else from the resolvers.
 *
 * Octets in, octets out; sockets are the listeners'. What cannot be read gets FORMERR, or nothing when it is no query.
 */
export class Responder {
  readonly counters: DnsCounters
  readonly #names: MeshNames
  readonly #options: AnswerOptions
  readonly #forwarder: Forwarder

  constructor(names: MeshNames, options: AnswerOptions, forwarder: Forwarder) {
    this.counters = { mesh: 0, forwarded: 0, failed: 0, refused: 0, dropped: 0 }
    this.#names = names
    this.#options = options
    this.#forwarder = forwarder
  }

  /**
   * The reply that is known at once, null for none at all; or `'forward'`: ask {@link forward}. `overTcp` lifts the limit
   * of size. A bare name means one in `callerNamespaces`.
   */
  respond(bytes: Uint8Array, callerNamespaces: readonly string[], overTcp: boolean): Uint8Array | 'forward' | null {
    if (bytes.length < HEADER_BYTES || (bytes[2]! & 0x80) !== 0) {
      this.counters.dropped++
      return null
    }
    const query = readMessage(bytes)
    if (query instanceof DnsRefusal) return this.#refuse(copyHeaderReply(bytes, replyCode.formErr))
    if (query.opcode !== QUERY) return this.#refuse(this.#write(query, replyTo(query, replyCode.notImp), overTcp))
    if (query.questions.length !== 1)
      return this.#refuse(this.#write(query, replyTo(query, replyCode.formErr), overTcp))
    if ((query.edns?.version ?? 0) > 0)
      return this.#refuse(this.#write(query, replyTo(query, replyCode.badVers), overTcp))
    const reply = answerMesh(query, callerNamespaces, this.#names, this.#options)
    if (reply === null) return 'forward'
    this.counters.mesh++
    return this.#write(query, reply, overTcp)
  }

  /** The reply of a resolver, cut to what the client takes; SERVFAIL when none answered. Needs a query that `respond` let through. */
  async forward(bytes: Uint8Array, overTcp: boolean): Promise<Uint8Array> {
    const reply = await this.#forwarder.ask(bytes, overTcp)
    if (reply === null) return this.failure(bytes)
    this.counters.forwarded++
    if (overTcp || reply.length <= UDP_BYTES_DEFAULT) return reply
    const query = readMessage(bytes)
    return query instanceof DnsRefusal || reply.length > sizeMax(query, false) ? copyTruncated(reply) : reply
  }

  /** SERVFAIL for a query that `respond` let through. */
  failure(bytes: Uint8Array): Uint8Array {
    this.counters.failed++
    const query = readMessage(bytes)
    if (query instanceof DnsRefusal) return copyHeaderReply(bytes, replyCode.servFail)
    return this.#write(query, replyTo(query, replyCode.servFail), false)
  }

  #refuse(reply: Uint8Array): Uint8Array {
    this.counters.refused++
    return reply
  }

  #write(query: DnsMessage, reply: DnsMessage, overTcp: boolean): Uint8Array {
    const bytes = writeMessage(reply, sizeMax(query, overTcp))
    // Only what the mesh says can be unfit to write, an address that is none: the question itself was read before.
    const failed = bytes instanceof DnsRefusal ? writeMessage(replyTo(query, replyCode.servFail)) : bytes
    assert(!(failed instanceof DnsRefusal), 'a question that was read cannot be written')
    return failed
  }
}

/** What the sender of `query` takes. */
function sizeMax(query: DnsMessage, overTcp: boolean): number {
  if (overTcp) return MESSAGE_BYTES_MAX
  const offered = query.edns?.udpBytesMax ?? UDP_BYTES_DEFAULT
  return Math.min(Math.max(offered, UDP_BYTES_DEFAULT), UDP_BYTES_MAX)
}
