import { createHash } from 'node:crypto'
import { Failure } from '@weft/faults'
import { encodeMessage, weft } from '@weft/proto'
import { decodeModel, encodeModel } from './convert/convert.ts'
import {
  type ModelOfKind,
  type ModelResource,
  type ResourceKey,
  resourceKey,
  type ResourceKind,
  resourceKinds,
  resourceName,
} from './kinds.ts'

/** A resource made ready for the wire once; the same octets then go to every subscriber. Immutable. */
export interface EncodedResource {
  readonly kind: ResourceKind
  readonly name: string
  readonly key: ResourceKey
  /** Hex SHA-256 of the encoded value. */
  readonly hash: string
  /** Field `upserts` of a DeltaResponse with this one resource: responses are made by joining these. */
  readonly wire: Uint8Array
}

/** Encodes a model value with its content hash. Equal values have equal hashes, in every process. */
export function encodeResource<Kind extends ResourceKind>(kind: Kind, value: ModelOfKind[Kind]): EncodedResource {
  const name = resourceName(kind, value)
  const body = encodeModel(kind, value)
  const hash = contentHash(body)
  const wire = encodeMessage(weft.discovery.v1.DeltaResponse, { upserts: [{ kind, name, hash, body }] })
  return { kind, name, key: resourceKey(kind, name), hash, wire }
}

/**
 * Reads a resource as it came over the wire, and checks its hash and every field.
 *
 * Faults: Failure `resource_invalid` that names kind, resource and field.
 */
export function decodeResource(message: weft.discovery.v1.Resource.$Properties): ModelResource {
  const { name = '', hash, body } = message
  const kind = resourceKinds.find((candidate) => candidate === message.kind)
  if (kind === undefined) {
    throw new Failure(
      'resource_invalid',
      `resource ${JSON.stringify(name)}: kind: found ${JSON.stringify(message.kind)}, expected one of ${resourceKinds.join(', ')}`,
    )
  }
  const octets = body ?? new Uint8Array()
  const actual = contentHash(octets)
  if (actual !== hash) {
    throw new Failure(
      'resource_invalid',
      `${kind} ${name}: hash: found ${JSON.stringify(hash)}, expected ${actual} of its octets`,
    )
  }
  return { kind, name, value: decodeModel(kind, name ?? '', octets) } as ModelResource
}

export function contentHash(body: Uint8Array): string {
  return createHash('sha256').update(body).digest('hex')
}
