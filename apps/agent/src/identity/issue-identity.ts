import { buildCsr, generatePrivateKey, makeSvid } from '@weft/mtls'
import type { certificatesService, RpcClient } from '@weft/rpc'
import type { IssueIdentity } from './workload-identities.ts'

/**
 * Makes a key for an identity and has the CA certify it. The key never leaves this process but to its own workers.
 * Faults: RpcFailure when the CA refuses or is away; Failure `svid_invalid` when what it gave does not fit.
 */
export function issueFromCa(ca: RpcClient<typeof certificatesService>): IssueIdentity {
  return async (identity) => {
    const key = generatePrivateKey()
    const { chain, roots } = await ca.issue({ identity, csr: buildCsr(key) })
    const svid = makeSvid({ key, chainPem: chain, rootsPem: roots })
    if (svid.identity !== identity) throw new Error(`bug: asked the CA for ${identity}, got ${svid.identity}`)
    const { chainPem, rootsPem, notBeforeMs, notAfterMs } = svid
    return { chainPem, keyPem: key.revealPem(), rootsPem, notBeforeMs, notAfterMs }
  }
}
