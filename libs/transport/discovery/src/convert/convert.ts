import { describeError, Failure } from '@weft/faults'
import { decodeStrict, encodeMessage, type MessageType, weft } from '@weft/proto'
import { type ModelOfKind, type ResourceKind, resourceName } from '../kinds.ts'
import { authorizationPolicyFromMessage, authorizationPolicyToMessage } from './authorization-policy.ts'
import { FieldChecks } from './field-checks.ts'
import { routeFromMessage, routeToMessage } from './route.ts'
import { serviceFromMessage, serviceToMessage } from './service.ts'
import { trafficPolicyFromMessage, trafficPolicyToMessage } from './traffic-policy.ts'
import { workloadFromMessage, workloadToMessage } from './workload.ts'

interface Conversion<Model, Message> {
  readonly type: MessageType<Message>
  readonly toMessage: (model: Model) => Message
  readonly fromMessage: (message: Message, checks: FieldChecks) => Model
}

const { Service, Workload, Route, TrafficPolicy, AuthorizationPolicy } = weft.discovery.v1

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each entry pairs its own message type with its own model
const conversions: { readonly [Kind in ResourceKind]: Conversion<ModelOfKind[Kind], any> } = {
  Service: { type: Service, toMessage: serviceToMessage, fromMessage: serviceFromMessage },
  Workload: { type: Workload, toMessage: workloadToMessage, fromMessage: workloadFromMessage },
  Route: { type: Route, toMessage: routeToMessage, fromMessage: routeFromMessage },
  TrafficPolicy: { type: TrafficPolicy, toMessage: trafficPolicyToMessage, fromMessage: trafficPolicyFromMessage },
  AuthorizationPolicy: {
    type: AuthorizationPolicy,
    toMessage: authorizationPolicyToMessage,
    fromMessage: authorizationPolicyFromMessage,
  },
}

/** The octets of a model value. Equal values give equal octets: labels are in order. */
export function encodeModel<Kind extends ResourceKind>(kind: Kind, value: ModelOfKind[Kind]): Uint8Array {
  const { type, toMessage } = conversions[kind]
  return encodeMessage(type, toMessage(value))
}

/**
 * Reads a model value and checks every field of it, its name included.
 *
 * Faults: Failure `resource_invalid` that names kind, resource and field, what was found and what was expected.
 */
export function decodeModel<Kind extends ResourceKind>(kind: Kind, name: string, body: Uint8Array): ModelOfKind[Kind] {
  const { type, fromMessage } = conversions[kind]
  let message: unknown
  try {
    message = decodeStrict(type, body)
  } catch (error) {
    throw new Failure('resource_invalid', `${kind} ${name}: not a ${kind} message: ${describeError(error)}`, error)
  }
  const checks = new FieldChecks(kind, name)
  const value = fromMessage(message, checks)
  const ownName = resourceName(kind, value)
  if (ownName !== name) checks.refuse('name', ownName, JSON.stringify(name))
  return value
}
