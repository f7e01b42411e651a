import { TAG } from './place.ts'

/** Objects of Kubernetes as tests write them; whatever is not said is as a user would leave it. */
export type Manifest = Readonly<Record<string, unknown>>

export const BOX = 'weft.test/box:1'
export const SAMPLES = `weft/samples:${TAG}`

/** One document of several objects; JSON is YAML too. */
export function manifest(...objects: readonly Manifest[]): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects })
}

export function namespace(name: string, mesh: 'enabled' | 'disabled' | 'unsaid' = 'enabled'): Manifest {
  const labels = mesh === 'unsaid' ? {} : { 'weft.dev/mesh': mesh }
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } }
}

export interface ContainerSpec {
  readonly image: string
  readonly command?: readonly string[]
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Readiness: HTTP GET of this path on the port, or that the port accepts. */
  readonly port?: number
  readonly readyPath?: string
  readonly more?: Manifest
}

export interface DeploymentSpec extends ContainerSpec {
  readonly replicas?: number
  /** `spread`: one replica on each node. */
  readonly node?: string | 'spread'
  readonly serviceAccount?: string
  readonly podMore?: Manifest
  readonly podLabels?: Readonly<Record<string, string>>
  readonly podAnnotations?: Readonly<Record<string, string>>
}

export function deployment(namespace: string, name: string, spec: DeploymentSpec): Manifest {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace },
    spec: {
      replicas: spec.replicas ?? 1,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name, ...spec.podLabels }, annotations: spec.podAnnotations ?? {} },
        spec: podSpec(name, spec),
      },
    },
  }
}

export function podSpec(name: string, spec: DeploymentSpec): Manifest {
  return {
    terminationGracePeriodSeconds: 5,
    ...(spec.serviceAccount === undefined ? {} : { serviceAccountName: spec.serviceAccount }),
    ...placement(name, spec.node),
    containers: [container(name, spec)],
    ...spec.podMore,
  }
}

export function container(name: string, spec: ContainerSpec): Manifest {
  const { image, command, args, env = {}, port, readyPath } = spec
  const probe = readyPath === undefined ? { tcpSocket: { port } } : { httpGet: { path: readyPath, port } }
  return {
    name,
    image,
    ...(command === undefined ? {} : { command }),
    ...(args === undefined ? {} : { args }),
    env: Object.entries(env).map(([key, value]) => ({ name: key, value })),
    ...(port === undefined ? {} : { ports: [{ containerPort: port }], readinessProbe: { ...probe, periodSeconds: 1 } }),
    ...spec.more,
  }
}

export function serviceAccount(namespace: string, name: string): Manifest {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { namespace, name } }
}

export function service(
  namespace: string,
  name: string,
  port: number,
  targetPort = port,
  more: Manifest = {},
): Manifest {
  const { ports = [{ name: 'main', port, targetPort }], ...rest } = more as { ports?: unknown }
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace },
    spec: { selector: { app: name }, ports, ...rest },
  }
}

export function configMap(namespace: string, name: string, data: Readonly<Record<string, string>>): Manifest {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data }
}

function placement(app: string, node: string | undefined): Manifest {
  if (node === undefined) return {}
  if (node !== 'spread') return { nodeSelector: { 'kubernetes.io/hostname': node } }
  return {
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'kubernetes.io/hostname',
        whenUnsatisfiable: 'DoNotSchedule',
        labelSelector: { matchLabels: { app } },
      },
    ],
  }
}
