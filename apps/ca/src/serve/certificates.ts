import type { KeyObject } from 'node:crypto'
import { formatMeshIdentity, parseMeshIdentity, parseWorkloadIdentity, type MeshRole } from '@weft/identity'
import { Failure } from '@weft/faults'
import { readCsr } from '@weft/mtls'
import type { weft } from '@weft/proto'
import { requirePeerIdentity, RpcFailure, type certificatesService, type Handlers, type IncomingCall } from '@weft/rpc'
import { checkHosts } from '../attest/hosts.ts'
import type { Admission } from '../attest/admission.ts'
import type { IssuedSvid, Issuer } from '../sign/issuer.ts'
import type { Registration } from './registration.ts'

type CertificateReply = weft.ca.v1.CertificateResponse.$Properties

export interface CertificatesOptions {
  readonly trustDomain: string
  readonly issuer: Issuer
  readonly admission: Admission
  readonly registration: Registration
  /** A part proves itself by a token each time, and not by the certificate that is about to end. */
  readonly renewsByToken: boolean
}

/** The three ways to a certificate: by token, by the certificate that is about to end, by a node for its workload. */
export function certificatesHandlers(options: CertificatesOptions): Handlers<typeof certificatesService> {
  const { trustDomain, issuer, admission, registration, renewsByToken } = options
  return {
    join: async ({ token, csr, hosts }, call) => {
      const { role, publicKey } = await admission.admit(token, call.peerAddress, () => {
        checkHosts(hosts)
        return keyOf(csr)
      })
      const identity = formatMeshIdentity(trustDomain, role)
      return replyOf(issuer.issue({ method: 'Join', identity, hosts, publicKey, node: '' }))
    },

    renew: async ({ csr, hosts }, call) => {
      const identity = requirePeerIdentity(call)
      requireRole(identity, trustDomain, call)
      if (renewsByToken) {
        const message = `Cannot renew ${identity} by its certificate: expected Join with a fresh token of the pod`
        throw denied('token_required', message)
      }
      checkHosts(hosts)
      return replyOf(issuer.issue({ method: 'Renew', identity, hosts, publicKey: keyOf(csr), node: '' }))
    },

    issue: async ({ identity, csr }, call) => {
      const role = requireRole(requirePeerIdentity(call), trustDomain, call)
      if (!role.startsWith('node/')) {
        throw denied(
          'not_a_node',
          `Cannot issue to ${call.peerIdentity}: found another part, expected spiffe://${trustDomain}/weft/node/NAME`,
        )
      }
      const node = role.slice('node/'.length)
      if (parseWorkloadIdentity(identity)?.trustDomain !== trustDomain) {
        const expected = `spiffe://${trustDomain}/ns/NAMESPACE/sa/ACCOUNT`
        const found = JSON.stringify(identity.slice(0, 300))
        throw new RpcFailure(
          'invalid_argument',
          'identity_invalid',
          `Cannot issue to node ${node}: found identity ${found}, expected ${expected}`,
        )
      }
      const publicKey = keyOf(csr)
      await registration.check(node, identity)
      return replyOf(issuer.issue({ method: 'Issue', identity, hosts: [], publicKey, node }))
    },
  }
}

/** The role of a part of our mesh, the CA excepted: nobody but itself has that. */
function requireRole(identity: string, trustDomain: string, call: IncomingCall): MeshRole {
  const part = parseMeshIdentity(identity)
  if (part?.trustDomain === trustDomain && part.role !== 'ca') return part.role
  throw denied(
    'identity_foreign',
    `Cannot serve ${call.path} to ${identity}: expected a part of trust domain ${trustDomain}`,
  )
}

/** The key that the request proves possession of. */
function keyOf(csr: Uint8Array): KeyObject {
  try {
    return readCsr(csr).publicKey
  } catch (error) {
    if (error instanceof Failure) throw new RpcFailure('invalid_argument', error.code, error.message, error)
    throw error
  }
}

function denied(code: string, message: string): RpcFailure {
  return new RpcFailure('permission_denied', code, message)
}

function replyOf({ chainPem, rootsPem, identity, notAfterMs }: IssuedSvid): CertificateReply {
  return { chain: chainPem, roots: rootsPem, identity, notAfter: Math.floor(notAfterMs / 1000) }
}
