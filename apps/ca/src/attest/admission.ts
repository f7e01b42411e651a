import type { KeyObject } from 'node:crypto'
import { RpcFailure } from '@weft/rpc'
import type { MeshRole } from '@weft/identity'
import type { FailureLimit } from './failure-limit.ts'

export interface Admitted {
  readonly role: Exclude<MeshRole, 'ca'>
  readonly publicKey: KeyObject
}

/** Decides who joins, by a token of some kind. */
export interface Admission {
  /**
   * Gives the role of the token and the key that the request proves. `readKey` checks the rest of the request.
   * Faults: RpcFailure that says why not, or what `readKey` throws.
   */
  admit(token: string, peerAddress: string, readKey: () => KeyObject): Promise<Admitted>
}

/** Faults: RpcFailure `rate_limited` for an address that failed too often. */
export function refuseImpatient(limit: FailureLimit, address: string): void {
  const waitMs = limit.waitMs(address)
  if (waitMs === 0) return
  const message = `Cannot join from ${address}: too many failed attempts, wait ${Math.ceil(waitMs / 1000)} s`
  throw new RpcFailure('resource_exhausted', 'rate_limited', message)
}

/** The address without its port. */
export function hostOf(peerAddress: string): string {
  return peerAddress.slice(0, peerAddress.lastIndexOf(':'))
}
