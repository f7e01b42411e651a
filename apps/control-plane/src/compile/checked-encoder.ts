import {
  decodeModel,
  encodeModel,
  encodeResource,
  type EncodedResource,
  type ModelOfKind,
  type ResourceKind,
  resourceName,
} from '@weft/discovery'
import { describeError } from '@weft/faults'
import type { Logger } from '@weft/telemetry'

const LOGGED_MAX = 100

/**
 * Makes resources ready for the wire, each only if agents will take it: one that they refuse would have everything that
 * comes with it refused too. What a cluster holds was checked by others, by other rules.
 */
export class CheckedEncoder {
  readonly #log: Logger
  #logged = 0

  constructor(log: Logger) {
    this.#log = log
  }

  /** Null for what agents would refuse; the log says which and why. */
  encode<Kind extends ResourceKind>(kind: Kind, value: ModelOfKind[Kind]): EncodedResource | null {
    try {
      decodeModel(kind, resourceName(kind, value), encodeModel(kind, value))
      return encodeResource(kind, value)
    } catch (error) {
      if (this.#logged++ < LOGGED_MAX) this.#log.error('left out of the mesh', { error: describeError(error) })
      return null
    }
  }
}
