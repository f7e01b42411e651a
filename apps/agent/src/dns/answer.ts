import {
  CLASS_IN,
  recordType,
  replyCode,
  type DnsMessage,
  type DnsQuestion,
  type DnsRecord,
  type StartOfAuthority,
} from '@weft/dns'
import { parseMeshName, parseReverseName } from './mesh-name.ts'

/** The addresses of a service, '' for a family it has none of. */
export interface ServiceAddresses {
  readonly address4: string
  readonly address6: string
}

/** Who knows the names of the mesh: a snapshot of discovery. Answers at once, and never throws. */
export interface MeshNames {
  /** The addresses of that service; null when there is none of that name. */
  lookup(name: string, namespace: string): ServiceAddresses | null
  /** The service at that address, for PTR; absent when addresses have no names. */
  nameOf?(address: string): { readonly name: string; readonly namespace: string } | null
}

export interface AnswerOptions {
  /** How long an answer may be kept, negative ones too. */
  readonly ttlSeconds: number
  /** What ends the full name of a service: `cluster.local`. */
  readonly clusterDomain: string
}

/** What UDP carries unfragmented everywhere; offered in our own replies. */
export const UDP_BYTES_OFFERED = 1232

/**
 * The reply to a query about the mesh, or null when the name is none of ours. A bare name is looked for in the caller's
 * namespaces, in order.
 *
 * A service without an address of the family asked for, and any other type of record, gives an empty answer (NODATA, not
 * NXDOMAIN): the name exists. Needs a query of one question. Source: RFC 1035, RFC 2308 section 2.2.
 */
export function answerMesh(
  query: DnsMessage,
  callerNamespaces: readonly string[],
  names: MeshNames,
  options: AnswerOptions,
): DnsMessage | null {
  const question = query.questions[0]!
  if (question.class !== CLASS_IN) return null
  const answers =
    question.type === recordType.PTR
      ? answerReverse(question, names, options)
      : answerForward(question, callerNamespaces, names, options)
  if (answers === null) return null
  const authorities = answers.length === 0 ? [soaRecord(question.name, options.ttlSeconds)] : []
  return { ...replyTo(query, replyCode.noError), isAuthoritative: true, answers, authorities }
}

/** An empty reply to `query` with that code: flags and question as they were asked. */
export function replyTo(query: DnsMessage, code: number): DnsMessage {
  const edns =
    query.edns === null
      ? null
      : { udpBytesMax: UDP_BYTES_OFFERED, version: 0, dnssecOk: query.edns.dnssecOk, options: new Uint8Array() }
  return {
    ...query,
    isReply: true,
    isAuthoritative: false,
    isTruncated: false,
    recursionAvailable: true,
    authenticData: false,
    code,
    answers: [],
    authorities: [],
    additionals: [],
    edns,
  }
}

function answerForward(
  question: DnsQuestion,
  callerNamespaces: readonly string[],
  names: MeshNames,
  options: AnswerOptions,
): DnsRecord[] | null {
  const addresses = findAddresses(question.name, callerNamespaces, names, options)
  if (addresses === null) return null
  const answers: DnsRecord[] = []
  const wants = (type: number): boolean => question.type === type || question.type === recordType.ANY
  if (wants(recordType.A) && addresses.address4 !== '') {
    answers.push(addressRecord(question.name, recordType.A, addresses.address4, options.ttlSeconds))
  }
  if (wants(recordType.AAAA) && addresses.address6 !== '') {
    answers.push(addressRecord(question.name, recordType.AAAA, addresses.address6, options.ttlSeconds))
  }
  return answers
}

function findAddresses(
  text: string,
  callerNamespaces: readonly string[],
  names: MeshNames,
  options: AnswerOptions,
): ServiceAddresses | null {
  const service = parseMeshName(text, options.clusterDomain)
  if (service === null) return null
  if (service.namespace !== '') return names.lookup(service.name, service.namespace)
  for (const namespace of callerNamespaces) {
    const addresses = names.lookup(service.name, namespace)
    if (addresses !== null) return addresses
  }
  return null
}

function answerReverse(question: DnsQuestion, names: MeshNames, options: AnswerOptions): DnsRecord[] | null {
  const address = parseReverseName(question.name)
  const service = address === null ? null : (names.nameOf?.(address) ?? null)
  if (service === null) return null
  const name = `${service.name}.${service.namespace}.svc.${options.clusterDomain}`
  const { ttlSeconds } = options
  return [{ name: question.name, type: recordType.PTR, class: CLASS_IN, ttlSeconds, data: { kind: 'name', name } }]
}

function addressRecord(name: string, type: number, address: string, ttlSeconds: number): DnsRecord {
  return { name, type, class: CLASS_IN, ttlSeconds, data: { kind: 'address', address } }
}

/** Says how long an empty answer holds. The name is its own zone: nothing above it is ours to speak for. */
function soaRecord(name: string, ttlSeconds: number): DnsRecord {
  const soa: StartOfAuthority = {
    primary: 'weft.invalid',
    mailbox: 'weft.invalid',
    serial: 1,
    refreshSeconds: ttlSeconds,
    retrySeconds: ttlSeconds,
    expireSeconds: ttlSeconds,
    minimumSeconds: ttlSeconds,
  }
  return { name, type: recordType.SOA, class: CLASS_IN, ttlSeconds, data: { kind: 'soa', soa } }
}
