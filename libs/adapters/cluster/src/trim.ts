import { ENROLLED_CONDITION } from './enrolment.ts'
import type { ClusterObject, Container, EndpointSlice, KubernetesService, Node, Pod, WebhookObject } from './objects.ts'
import { PLAINTEXT_ANNOTATION } from './plaintext.ts'

const readConditions: ReadonlySet<string> = new Set(['Ready', 'ContainersReady', ENROLLED_CONDITION])

/** For `keep` of informers: what the mesh reads of an object and nothing else, so that thousands of them take little memory. */
export function trimPod(pod: Pod): Pod {
  const { spec, status } = pod
  return {
    metadata: trimMetadata(pod, [PLAINTEXT_ANNOTATION]),
    spec: {
      ...optional('nodeName', spec.nodeName),
      ...optional('serviceAccountName', spec.serviceAccountName),
      ...optional('hostNetwork', spec.hostNetwork),
      containers: spec.containers.map(trimContainer),
      ...optional('initContainers', spec.initContainers?.map(trimContainer)),
    },
    status: {
      ...optional('phase', status?.phase),
      ...optional('podIP', status?.podIP),
      ...optional('podIPs', status?.podIPs),
      conditions: (status?.conditions ?? []).filter(({ type }) => readConditions.has(type)),
    },
  }
}

export function trimService(service: KubernetesService): KubernetesService {
  const { type, clusterIP, clusterIPs, selector, ports, publishNotReadyAddresses } = service.spec
  const { internalTrafficPolicy, trafficDistribution, sessionAffinity, externalIPs } = service.spec
  const told = service.status?.loadBalancer?.ingress ?? []
  const ingress = told.map(({ ip, ipMode }) => ({ ...optional('ip', ip), ...optional('ipMode', ipMode) }))
  return {
    metadata: trimMetadata(service, []),
    spec: {
      ...optional('type', type),
      ...optional('clusterIP', clusterIP),
      ...optional('clusterIPs', clusterIPs),
      ...optional('selector', selector),
      ...optional('ports', ports),
      ...optional('publishNotReadyAddresses', publishNotReadyAddresses),
      ...optional('internalTrafficPolicy', internalTrafficPolicy),
      ...optional('trafficDistribution', trafficDistribution),
      ...optional('sessionAffinity', sessionAffinity),
      ...optional('externalIPs', externalIPs),
    },
    ...(ingress.length === 0 ? {} : { status: { loadBalancer: { ingress } } }),
  }
}

export function trimSlice(slice: EndpointSlice): EndpointSlice {
  const { addressType, endpoints, ports } = slice
  return {
    metadata: trimMetadata(slice, []),
    addressType,
    ...optional('endpoints', endpoints),
    ...optional('ports', ports),
  }
}

export function trimNode(node: Node): Node {
  return {
    metadata: trimMetadata(node, []),
    status: { addresses: node.status?.addresses ?? [] },
  }
}

export function trimNamespace(namespace: ClusterObject): ClusterObject {
  return { metadata: trimMetadata(namespace, []) }
}

export function trimWebhook({ metadata, webhooks, spec }: WebhookObject): WebhookObject {
  // Beside it stands a bundle of certificates, in each of hundreds of objects.
  const called = spec?.conversion?.webhook?.clientConfig?.service
  return {
    metadata: trimMetadata({ metadata }, []),
    webhooks: (webhooks ?? []).map(({ clientConfig }) => ({
      clientConfig: { ...optional('service', clientConfig?.service) },
    })),
    spec: {
      ...optional('service', spec?.service),
      ...(called == null ? {} : { conversion: { webhook: { clientConfig: { service: called } } } }),
    },
  }
}

function trimMetadata({ metadata }: ClusterObject, annotations: readonly string[]): ClusterObject['metadata'] {
  const { name, namespace, uid, resourceVersion, creationTimestamp, deletionTimestamp, labels, ownerReferences } =
    metadata
  const kept = annotations.flatMap((key) => {
    const value = metadata.annotations?.[key]
    return value === undefined ? [] : [[key, value] as const]
  })
  return {
    name,
    ...optional('namespace', namespace),
    ...optional('uid', uid),
    ...optional('resourceVersion', resourceVersion),
    ...optional('creationTimestamp', creationTimestamp),
    ...optional('deletionTimestamp', deletionTimestamp),
    ...optional('labels', labels),
    ...optional('ownerReferences', ownerReferences),
    ...(kept.length === 0 ? {} : { annotations: Object.fromEntries(kept) }),
  }
}

function trimContainer({
  name,
  restartPolicy,
  ports,
  livenessProbe,
  readinessProbe,
  startupProbe,
  lifecycle,
}: Container): Container {
  return {
    name,
    ...optional('restartPolicy', restartPolicy),
    ...optional('ports', ports),
    ...optional('livenessProbe', livenessProbe),
    ...optional('readinessProbe', readinessProbe),
    ...optional('startupProbe', startupProbe),
    ...optional('lifecycle', lifecycle),
  }
}

function optional<Key extends string, Value>(key: Key, value: Value | undefined): { readonly [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [K in Key]: Value })
}
