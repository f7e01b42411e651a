import type { KeyObject } from 'node:crypto'
import { describeError } from '@weft/faults'
import { resourcePath, type KubernetesClient } from '@weft/kubernetes'
import { RpcFailure } from '@weft/rpc'
import { hostOf, refuseImpatient, type Admission, type Admitted } from '../attest/admission.ts'
import type { FailureLimit } from '../attest/failure-limit.ts'
import { TOKEN_AUDIENCE } from './names.ts'
import { reviewedRole, type TokenReview } from './token-review.ts'

const TOKEN_CHARACTERS_MAX = 16_384
/** Three parts of base64url. What is not even this is not worth asking the API server. */
const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+$/
const REVIEWS_MAX = 64

/**
 * Admits parts by the projected ServiceAccount token of their pod, which the API server reviews. A token counts until it ends or
 * its pod does: nothing is spent, and every renewal is proven anew.
 */
export class ServiceAccountAdmission implements Admission {
  readonly #client: KubernetesClient
  readonly #namespace: string
  readonly #limit: FailureLimit
  #reviews = 0

  constructor(client: KubernetesClient, namespace: string, limit: FailureLimit) {
    this.#client = client
    this.#namespace = namespace
    this.#limit = limit
  }

  /** Faults: RpcFailure `rate_limited`, `review_unavailable`, those of {@link reviewedRole}, or what `readKey` throws. */
  async admit(token: string, peerAddress: string, readKey: () => KeyObject): Promise<Admitted> {
    const address = hostOf(peerAddress)
    refuseImpatient(this.#limit, address)
    try {
      const publicKey = readKey()
      const review = await this.#review(token)
      return { role: reviewedRole(review, this.#namespace), publicKey }
    } catch (error) {
      // An API server that is away is not the caller's failure.
      if (!(error instanceof RpcFailure && error.status === 'unavailable')) this.#limit.recordFailure(address)
      throw error
    }
  }

  async #review(token: string): Promise<TokenReview> {
    if (token.length > TOKEN_CHARACTERS_MAX || !TOKEN.test(token)) {
      throw new RpcFailure(
        'permission_denied',
        'token_unknown',
        'Cannot join: found something else than a ServiceAccount token, expected the projected one of the pod',
      )
    }
    if (this.#reviews >= REVIEWS_MAX) throw unavailable(`${REVIEWS_MAX} are under way`)
    this.#reviews++
    try {
      const path = resourcePath('authentication.k8s.io/v1', 'tokenreviews')
      const review = {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenReview',
        spec: { token, audiences: [TOKEN_AUDIENCE] },
      }
      return (await this.#client.send({ method: 'POST', path, body: review })) as TokenReview
    } catch (error) {
      throw unavailable(describeError(error), error)
    } finally {
      this.#reviews--
    }
  }
}

function unavailable(why: string, cause?: unknown): RpcFailure {
  return new RpcFailure(
    'unavailable',
    'review_unavailable',
    `Cannot join: the API server does not review the token (${why}), try again`,
    cause,
  )
}
