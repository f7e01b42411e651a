import { readFile } from 'node:fs/promises'
import { isIPv6 } from 'node:net'
import { join } from 'node:path'
import { describeError, Failure } from '@weft/faults'
import { environmentValue } from '@weft/host'
import type { Clock } from '@weft/time'
import type { ApiAccess, ApiEndpoint } from './endpoint.ts'

const ACCOUNT_FOLDER = '/var/run/secrets/kubernetes.io/serviceaccount'
/** Kubelet renews a token long before it ends; how long an old one is used at most. */
const TOKEN_AGE_MAX_MS = 60_000

/**
 * The API server as a pod sees it: address from kubelet's variables, ServiceAccount from its mounted volume. Token and
 * roots are read again each minute, since both are replaced while a pod runs.
 * Faults: Failure `invalid_argument` when this is no pod. Source: Kubernetes, "Accessing the API from a Pod".
 */
export async function inClusterEndpoint(clock: Clock, folder = ACCOUNT_FOLDER): Promise<ApiEndpoint> {
  const [host, port] = [environmentValue('KUBERNETES_SERVICE_HOST'), environmentValue('KUBERNETES_SERVICE_PORT')]
  if (host === '' || port === '') {
    throw new Failure(
      'invalid_argument',
      'cannot find the API server: found no KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT, expected to run in a pod, or the path of a kubeconfig',
    )
  }
  const account = new MountedAccount(folder, clock)
  await account.access()
  const namespace = await readFile(join(folder, 'namespace'), 'utf8').catch(() => '')
  return {
    server: new URL(`https://${isIPv6(host) ? `[${host}]` : host}:${port}`),
    namespace: namespace.trim(),
    access: () => account.access(),
  }
}

/** The volume that kubelet mounts: `token` and `ca.crt`. */
class MountedAccount {
  readonly #folder: string
  readonly #clock: Clock
  #access: ApiAccess | null = null
  #readAtMs = 0

  constructor(folder: string, clock: Clock) {
    this.#folder = folder
    this.#clock = clock
  }

  async access(): Promise<ApiAccess> {
    const nowMs = this.#clock.nowMs()
    if (this.#access !== null && nowMs - this.#readAtMs < TOKEN_AGE_MAX_MS) return this.#access
    try {
      const [token, ca] = await Promise.all(
        ['token', 'ca.crt'].map((file) => readFile(join(this.#folder, file), 'utf8')),
      )
      this.#access = { headers: { authorization: `Bearer ${token!.trim()}` }, tls: { ca: ca! } }
      this.#readAtMs = nowMs
      return this.#access
    } catch (error) {
      // Seen while kubelet swaps the volume; what was read before is valid for a good while.
      if (this.#access !== null) return this.#access
      const message = `cannot read the ServiceAccount of this pod: ${describeError(error)}; expected token and ca.crt in ${this.#folder}`
      throw new Failure('invalid_argument', message, error)
    }
  }
}
