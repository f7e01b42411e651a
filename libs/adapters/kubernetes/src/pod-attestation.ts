import { Failure } from '@weft/faults'
import { readRequired, type Attestation } from '@weft/rpc'
import type { AccessRule } from './access.ts'
import type { KubernetesClient } from './client.ts'
import { resourcePath, type KubernetesObject } from './object.ts'

interface ConfigMap extends KubernetesObject {
  readonly data?: Readonly<Record<string, string>>
}

const ROOTS = 'weft-roots'
const ROOTS_KEY = 'roots.pem'

/**
 * How a pod of the mesh joins: by its projected ServiceAccount token, which kubelet replaces in the file, and by the roots that
 * the CA publishes, read through the API and not by a mount, which would come a minute late.
 * Faults: Failure `join_token_missing`, `trust_roots_missing`; ApiFailure.
 */
export function podAttestation(client: KubernetesClient, namespace: string, tokenFile: string): Attestation {
  return {
    renewsByToken: true,
    token: async () => readRequired(tokenFile, 'join_token_missing', 'the ServiceAccount token'),
    roots: async () => {
      const map = await client.get<ConfigMap>(resourcePath('v1', 'configmaps', namespace, ROOTS))
      const pem = map?.data?.[ROOTS_KEY] ?? ''
      if (pem !== '') return pem
      const found = map === null ? 'no such ConfigMap' : `nothing under "${ROOTS_KEY}"`
      throw new Failure(
        'trust_roots_missing',
        `Cannot read the trust roots from ConfigMap ${namespace}/${ROOTS}: found ${found}, expected what the CA publishes`,
      )
    },
  }
}

/** What every part that joins asks of the API server. */
export const rootsAccess: AccessRule = {
  group: '',
  resources: ['configmaps'],
  verbs: ['get'],
  names: [ROOTS],
  scope: 'mesh',
  why: 'the roots by which the CA proves itself',
}
