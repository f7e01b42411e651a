/** A kind that a fake API server serves. */
export interface FakeKind {
  readonly apiVersion: string
  readonly kind: string
  readonly plural: string
  readonly isNamespaced: boolean
  /** Status is a subresource: other writes leave it alone. */
  readonly hasStatus: boolean
}

const kind = (apiVersion: string, name: string, plural: string, scope = 'namespaced', status = true): FakeKind => ({
  apiVersion,
  kind: name,
  plural,
  isNamespaced: scope === 'namespaced',
  hasStatus: status,
})

/** Kinds of Kubernetes itself, which are always served. Custom ones are registered by a test. */
export const builtInKinds: readonly FakeKind[] = [
  kind('v1', 'Pod', 'pods'),
  kind('v1', 'Service', 'services'),
  kind('v1', 'Namespace', 'namespaces', 'cluster'),
  kind('v1', 'Node', 'nodes', 'cluster'),
  kind('v1', 'ServiceAccount', 'serviceaccounts', 'namespaced', false),
  kind('v1', 'Secret', 'secrets', 'namespaced', false),
  kind('v1', 'ConfigMap', 'configmaps', 'namespaced', false),
  kind('v1', 'Event', 'events', 'namespaced', false),
  kind('events.k8s.io/v1', 'Event', 'events', 'namespaced', false),
  kind('discovery.k8s.io/v1', 'EndpointSlice', 'endpointslices', 'namespaced', false),
  kind('coordination.k8s.io/v1', 'Lease', 'leases', 'namespaced', false),
  kind('apps/v1', 'Deployment', 'deployments'),
  kind('apps/v1', 'DaemonSet', 'daemonsets'),
  kind('apps/v1', 'ReplicaSet', 'replicasets'),
  kind('apps/v1', 'StatefulSet', 'statefulsets'),
  kind('apps/v1', 'ControllerRevision', 'controllerrevisions', 'namespaced', false),
  kind('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'customresourcedefinitions', 'cluster'),
  kind('apiregistration.k8s.io/v1', 'APIService', 'apiservices', 'cluster'),
  kind(
    'admissionregistration.k8s.io/v1',
    'MutatingWebhookConfiguration',
    'mutatingwebhookconfigurations',
    'cluster',
    false,
  ),
  kind(
    'admissionregistration.k8s.io/v1',
    'ValidatingWebhookConfiguration',
    'validatingwebhookconfigurations',
    'cluster',
    false,
  ),
]

const gateway = 'gateway.networking.k8s.io'

/** Kinds of the Gateway API and of Weft, for `register`. */
export const meshKinds: readonly FakeKind[] = [
  kind(`${gateway}/v1`, 'HTTPRoute', 'httproutes'),
  kind(`${gateway}/v1`, 'GRPCRoute', 'grpcroutes'),
  kind(`${gateway}/v1beta1`, 'ReferenceGrant', 'referencegrants', 'namespaced', false),
  kind(`${gateway}/v1`, 'GatewayClass', 'gatewayclasses', 'cluster'),
  kind('weft.dev/v1alpha1', 'TrafficPolicy', 'trafficpolicies'),
  kind('weft.dev/v1alpha1', 'AuthorizationPolicy', 'authorizationpolicies'),
]
