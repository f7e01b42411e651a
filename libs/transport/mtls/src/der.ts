import { createRequire } from 'node:module'
import type forge from 'node-forge'
import { Failure } from '@weft/faults'

const require = createRequire(import.meta.url)
// The one part that is used: all of it would cost every data-plane worker six megabytes.
require('node-forge/lib/asn1.js')
const { asn1, util } = require('node-forge/lib/forge.js') as typeof forge
const { Class, Type } = asn1

export type DerNode = forge.asn1.Asn1

/** Tags of the universal class that certificates use. Source: X.680 section 8. */
export const tag = {
  boolean: Type.BOOLEAN,
  integer: Type.INTEGER,
  bitString: Type.BITSTRING,
  octetString: Type.OCTETSTRING,
  oid: Type.OID,
  utf8: Type.UTF8,
  sequence: Type.SEQUENCE,
  set: Type.SET,
  utcTime: Type.UTCTIME,
  generalizedTime: Type.GENERALIZEDTIME,
} as const

export function sequence(...parts: DerNode[]): DerNode {
  return asn1.create(Class.UNIVERSAL, Type.SEQUENCE, true, parts)
}

export function set(...parts: DerNode[]): DerNode {
  return asn1.create(Class.UNIVERSAL, Type.SET, true, parts)
}

export function oid(dotted: string): DerNode {
  return primitive(Type.OID, asn1.oidToDer(dotted).getBytes())
}

/** A non-negative INTEGER from big-endian octets; a leading zero is added where the sign bit is set. */
export function integer(magnitude: Uint8Array): DerNode {
  let start = 0
  while (start < magnitude.length - 1 && magnitude[start] === 0) start++
  const bytes = Buffer.from(magnitude.subarray(start))
  return primitive(Type.INTEGER, binary(bytes[0]! >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes))
}

export function boolean(value: boolean): DerNode {
  return primitive(Type.BOOLEAN, value ? '\xff' : '\0')
}

export function bitString(bytes: Uint8Array, unusedBits = 0): DerNode {
  return primitive(Type.BITSTRING, binary(Buffer.concat([Buffer.of(unusedBits), bytes])))
}

export function octetString(bytes: Uint8Array): DerNode {
  return primitive(Type.OCTETSTRING, binary(bytes))
}

export function utf8(text: string): DerNode {
  return primitive(Type.UTF8, binary(Buffer.from(text, 'utf8')))
}

/** UTCTime until 2049, GeneralizedTime after, as RFC 5280 section 4.1.2.5 asks. Whole seconds. */
export function time(atMs: number): DerNode {
  const date = new Date(Math.floor(atMs / 1000) * 1000)
  return date.getUTCFullYear() < 2050
    ? primitive(Type.UTCTIME, asn1.dateToUtcTime(date))
    : primitive(Type.GENERALIZEDTIME, asn1.dateToGeneralizedTime(date))
}

/** `[number] EXPLICIT`. */
export function explicit(number: number, inner: DerNode): DerNode {
  return asn1.create(Class.CONTEXT_SPECIFIC, number as forge.asn1.Type, true, [inner])
}

/** `[number] IMPLICIT` of a primitive. */
export function implicit(number: number, bytes: Uint8Array): DerNode {
  return asn1.create(Class.CONTEXT_SPECIFIC, number as forge.asn1.Type, false, binary(bytes))
}

export function implicitSet(number: number, ...parts: DerNode[]): DerNode {
  return asn1.create(Class.CONTEXT_SPECIFIC, number as forge.asn1.Type, true, parts)
}

export function toDer(node: DerNode): Buffer {
  return Buffer.from(asn1.toDer(node).getBytes(), 'binary')
}

/**
 * Reads DER and refuses what is not canonical, so that encoding a part again gives the octets that were signed.
 *
 * Faults: Failure `der_invalid` that names `what`.
 */
export function fromDer(bytes: Uint8Array, what: string): DerNode {
  const options = { strict: true, parseAllBytes: true, decodeBitStrings: false } as unknown as boolean
  let node: DerNode
  let canonical: Buffer
  try {
    node = asn1.fromDer(util.createBuffer(binary(bytes)), options)
    canonical = toDer(node)
  } catch (error) {
    throw new Failure(
      'der_invalid',
      `Cannot read ${what}: found ${bytes.length} octets that are not DER, expected DER`,
      error,
    )
  }
  if (!canonical.equals(bytes)) {
    throw new Failure('der_invalid', `Cannot read ${what}: found an encoding that is not canonical, expected DER`)
  }
  return node
}

/** The parts of a SEQUENCE. Faults: Failure `der_invalid`. */
export function partsOf(node: DerNode | undefined, what: string): DerNode[] {
  if (node === undefined || node.tagClass !== Class.UNIVERSAL || node.type !== Type.SEQUENCE) {
    throw new Failure('der_invalid', `Cannot read ${what}: expected a SEQUENCE`)
  }
  return node.value as DerNode[]
}

/** What is inside `[number] EXPLICIT`. Faults: Failure `der_invalid`. */
export function insideOf(node: DerNode, what: string): DerNode {
  const inner = Array.isArray(node.value) ? node.value[0] : undefined
  if (inner === undefined) throw new Failure('der_invalid', `Cannot read ${what}: expected a value inside a tag`)
  return inner
}

/** The octets of a primitive node of the given universal type. Faults: Failure `der_invalid`. */
export function bytesOf(node: DerNode | undefined, type: number, what: string): Buffer {
  if (node === undefined || node.tagClass !== Class.UNIVERSAL || node.type !== type || Array.isArray(node.value)) {
    throw new Failure('der_invalid', `Cannot read ${what}: expected a primitive value of type ${type}`)
  }
  return Buffer.from(node.value as string, 'binary')
}

export function oidOf(node: DerNode | undefined, what: string): string {
  return asn1.derToOid(binary(bytesOf(node, Type.OID, what)))
}

/** A BIT STRING that is a whole number of octets. */
export function bitsOf(node: DerNode | undefined, what: string): Buffer {
  const bytes = bytesOf(node, Type.BITSTRING, what)
  if (bytes[0] !== 0) throw new Failure('der_invalid', `Cannot read ${what}: expected a whole number of octets`)
  return bytes.subarray(1)
}

export function isContext(node: DerNode, number: number): boolean {
  return node.tagClass === Class.CONTEXT_SPECIFIC && (node.type as number) === number
}

function primitive(type: forge.asn1.Type, value: string): DerNode {
  return asn1.create(Class.UNIVERSAL, type, false, value)
}

function binary(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('binary')
}
