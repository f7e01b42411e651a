/** Any object, with the part of its metadata that is read. */
export interface ClusterObject {
  readonly apiVersion?: string
  readonly kind?: string
  readonly metadata: {
    readonly name: string
    /** Absent for what belongs to no namespace. */
    readonly namespace?: string
    readonly uid?: string
    readonly resourceVersion?: string
    readonly creationTimestamp?: string
    readonly deletionTimestamp?: string
    readonly labels?: Readonly<Record<string, string>>
    readonly annotations?: Readonly<Record<string, string>>
    readonly ownerReferences?: readonly {
      readonly apiVersion: string
      readonly kind: string
      readonly name: string
      readonly uid: string
      readonly controller?: boolean
    }[]
  }
}

/** The parts of objects that are read here, as they are on the wire. Whatever is absent there may be absent here. */
export interface Pod extends ClusterObject {
  readonly spec: {
    readonly nodeName?: string
    readonly serviceAccountName?: string
    readonly hostNetwork?: boolean
    readonly containers: readonly Container[]
    readonly initContainers?: readonly Container[]
  }
  readonly status?: {
    readonly phase?: string
    readonly podIP?: string
    readonly podIPs?: readonly { readonly ip: string }[]
    readonly conditions?: readonly PodCondition[]
  }
}

export interface PodCondition {
  readonly type: string
  readonly status: string
  readonly reason?: string
  readonly message?: string
  readonly lastTransitionTime?: string | null
}

export interface Container {
  readonly name: string
  /** Of an init container: `Always` makes it a sidecar, which runs as long as the pod. */
  readonly restartPolicy?: string
  readonly ports?: readonly {
    readonly containerPort: number
    readonly name?: string
    readonly protocol?: string
  }[]
  readonly livenessProbe?: ProbeAction
  readonly readinessProbe?: ProbeAction
  readonly startupProbe?: ProbeAction
  readonly lifecycle?: { readonly postStart?: ProbeAction; readonly preStop?: ProbeAction }
}

/** What the kubelet asks of a container. */
export interface ProbeAction {
  readonly httpGet?: {
    readonly port: number | string
    readonly path?: string
    readonly host?: string
    readonly scheme?: string
  }
  readonly tcpSocket?: { readonly port: number | string; readonly host?: string }
  readonly grpc?: { readonly port: number; readonly service?: string | null }
}

export interface KubernetesService extends ClusterObject {
  readonly spec: {
    readonly type?: string
    readonly clusterIP?: string
    readonly clusterIPs?: readonly string[]
    readonly selector?: Readonly<Record<string, string>>
    readonly ports?: readonly KubernetesServicePort[]
    readonly publishNotReadyAddresses?: boolean
    readonly internalTrafficPolicy?: string
    readonly trafficDistribution?: string
    readonly sessionAffinity?: string
    readonly externalIPs?: readonly string[]
  }
  readonly status?: { readonly loadBalancer?: { readonly ingress?: readonly LoadBalancerIngress[] | null } }
}

export interface LoadBalancerIngress {
  readonly ip?: string
  /** `Proxy`: what is sent there must go through the load balancer, from inside too. */
  readonly ipMode?: string
}

export interface KubernetesServicePort {
  readonly port: number
  readonly name?: string
  readonly protocol?: string
  readonly appProtocol?: string
  readonly targetPort?: number | string
}

export interface EndpointSlice extends ClusterObject {
  readonly addressType: string
  readonly endpoints?: readonly SliceEndpoint[] | null
  readonly ports?: readonly SlicePort[] | null
}

export interface SliceEndpoint {
  readonly addresses: readonly string[]
  readonly conditions?: {
    readonly ready?: boolean | null
    readonly serving?: boolean | null
    readonly terminating?: boolean | null
  }
  readonly nodeName?: string
  readonly zone?: string
}

export interface SlicePort {
  readonly name?: string
  readonly port?: number | null
  readonly protocol?: string
}

export interface Node extends ClusterObject {
  readonly status?: { readonly addresses?: readonly { readonly type: string; readonly address: string }[] }
}

export type Namespace = ClusterObject

/** ValidatingWebhookConfiguration, MutatingWebhookConfiguration, CustomResourceDefinition or APIService. */
export interface WebhookObject extends ClusterObject {
  readonly webhooks?: readonly { readonly clientConfig?: { readonly service?: ServiceReference | null } }[] | null
  readonly spec?: {
    readonly service?: ServiceReference | null
    readonly conversion?: { readonly webhook?: { readonly clientConfig?: { readonly service?: ServiceReference } } }
  }
}

/** Which Service the API server calls; at port 443 when none is given. */
export interface ServiceReference {
  readonly namespace: string
  readonly name: string
  readonly port?: number
}
