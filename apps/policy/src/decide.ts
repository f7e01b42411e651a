import { Authorizer, Source, type Decision } from '@weft/authz'
import { Failure } from '@weft/faults'
import { parseWorkloadIdentity } from '@weft/identity'
import type { weft } from '@weft/proto'
import type { PolicySet } from './policy-set.ts'

type Request = weft.policy.v1.DecideRequest
type Response = weft.policy.v1.DecideResponse.$Properties

/** Answers what the agents would decide, by the code that they run. Faults: Failure `malformed` naming the field. */
export function decide(set: PolicySet, request: Request): Response {
  if (request.source !== '' && parseWorkloadIdentity(request.source) === null) {
    throw new Failure(
      'malformed',
      `DecideRequest.source: found ${JSON.stringify(request.source)}, expected spiffe://TRUST-DOMAIN/ns/NAMESPACE/sa/ACCOUNT or nothing`,
    )
  }
  if (request.port > 65535)
    throw new Failure('malformed', `DecideRequest.port: found ${request.port}, expected 0 to 65535`)
  const { namespace, labels, services, port, method, path } = request
  const authorizer = new Authorizer(set.policies(), { namespace, labels, services, allowPlaintext: false })
  const source = new Source(request.source === '' ? null : request.source)
  const decision: Decision =
    method === ''
      ? authorizer.decideConnection(source, port)
      : authorizer.decideRequest(source, port, { method, path: path === '' ? '/' : path, headers: noHeaders })
  return {
    allowed: decision.verdict !== 'deny',
    rule: decision.rule,
    message:
      decision.verdict === 'needs-request' ? 'decided for each request: give a method and a path' : decision.message,
    revision: set.revision,
  }
}

const noHeaders = { getAll: () => [] }
