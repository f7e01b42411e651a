import { describeError } from '@weft/faults'
import { KubernetesClient, patiently } from '@weft/kubernetes'
import { systemRandom } from '@weft/host'
import { component } from '@weft/lifecycle'
import type { Logger } from '@weft/telemetry'
import type { Clock } from '@weft/time'
import type { CaSurroundings } from '../app.ts'
import { FailureLimit } from '../attest/failure-limit.ts'
import type { CaConfig } from '../config.ts'
import { readKeyEncryptionKey } from '../keys/key-encryption-key.ts'
import type { CaParts } from '../parts.ts'
import { LogAudit } from '../sign/log-audit.ts'
import { Keeper } from './keeper.ts'
import { keyEncryptionSecret } from './key-encryption-secret.ts'
import { settleOwners, type KubernetesPlace } from './owned-object.ts'
import { PodRegistration } from './pod-registration.ts'
import { SecretAuthorityStore } from './secret-authority-store.ts'
import { ServiceAccountAdmission } from './service-account-admission.ts'

/** A CA on Kubernetes, one of several replicas: Secrets keep, TokenReview admits, pods are the register. */
export async function kubernetesParts(config: CaConfig, { clock, log }: CaSurroundings): Promise<CaParts> {
  const { kubeconfig, namespace, owner, keyEncryptionKeyFile } = config
  const client = await KubernetesClient.load({ kubeconfig, name: 'weft-ca' }, clock, log.child('kubernetes'))
  const place = { client, namespace, owner }
  const secret =
    keyEncryptionKeyFile === '' ? await keyEncryptionSecret(place, log) : readKeyEncryptionKey(keyEncryptionKeyFile)
  return {
    store: new SecretAuthorityStore(place, secret),
    admission: new ServiceAccountAdmission(client, namespace, new FailureLimit(clock)),
    audit: () => new LogAudit(log.child('audit')),
    renewsByToken: true,
    registration: () => new PodRegistration(client, clock, systemRandom, log.child('pods')),
    companions: (hierarchy) => [
      component({ stop: () => client.close() }),
      component({ start: () => void settle(place, clock, log) }),
      new Keeper(hierarchy, clock, systemRandom, log),
    ],
  }
}

/** Who owns what matters at the end alone: nothing waits for it, and nothing ends because of it. */
async function settle(place: KubernetesPlace, clock: Clock, log: Logger): Promise<void> {
  try {
    await patiently(() => settleOwners(place), clock, log)
  } catch (error) {
    log.warn('cannot say with what the objects of the CA are removed', { error: describeError(error) })
  }
}
