import { apply, eventually, execIn, kubectl } from '../harness/cluster.ts'
import { configMap, manifest, namespace, service, type Manifest } from '../harness/objects.ts'
import type { ApiServer, SeenPod } from './api-server.ts'
import { BENCH } from './bench-image.ts'

/** The same pods twice: one namespace is in the mesh, the other is not. */
export const sides = ['mesh', 'plain'] as const
export type Side = (typeof sides)[number]
/** Clients: one on the node of the server, one on the other. */
export const places = ['near', 'far'] as const
export type Place = (typeof places)[number]

export const ports = { http1: 8080, 'grpc-unary': 8081, tcp: 8082 } as const
export type Protocol = keyof typeof ports

const nearNode = 'node1'
/** Where no server is. */
export const farNode = 'node2'
const nginx = `
daemon off;
user root root;
pid /tmp/nginx.pid;
error_log stderr crit;
worker_processes 1;
events { worker_connections 1024; }
http {
  access_log off;
  keepalive_requests 100000000;
  client_body_temp_path /tmp/body; proxy_temp_path /tmp/proxy; fastcgi_temp_path /tmp/f; uwsgi_temp_path /tmp/u; scgi_temp_path /tmp/s;
  server { listen 8080; location / { return 200 "${'w'.repeat(128)}"; } }
}`

export const namespaceOf = (side: Side): string => `figures-${side}`

/** Servers and clients of both sides. Resolves when they run; whether they are in the mesh is another matter. */
export async function openScene(): Promise<void> {
  await apply(manifest(...sides.flatMap(objectsOf)))
  for (const side of sides)
    await kubectl('-n', namespaceOf(side), 'wait', 'pod', '--all', '--for=condition=Ready', '--timeout=90s')
}

/** Resolves when nothing of it is left, so that the next run can open its own. */
export async function closeScene(): Promise<void> {
  await kubectl('delete', 'namespace', ...sides.map(namespaceOf), '--ignore-not-found', '--timeout=90s')
}

/** Address of a Service, as clients are told it. */
export async function addressOf(api: ApiServer, side: Side, name: string): Promise<string> {
  const path = `/api/v1/namespaces/${namespaceOf(side)}/services/${name}`
  return (await api.get<{ spec: { clusterIP: string } }>(path)).spec.clusterIP
}

export async function podOf(api: ApiServer, namespace: string, name: string): Promise<SeenPod> {
  return api.get<SeenPod>(`/api/v1/namespaces/${namespace}/pods/${name}`)
}

/** What the load generator prints, run in a client's pod. */
export async function loadFrom(side: Side, place: Place, ...words: readonly string[]): Promise<string> {
  return execIn(namespaceOf(side), place, '/bin/load', ...words)
}

/** A pod of the benchmark's programs, on the node of the server or the other. */
export function benchPod(side: Side, name: string, isFar: boolean, command: readonly string[]): Manifest {
  return pod(side, name, isFar, [{ name: 'bench', image: BENCH, command }])
}

/** A pod of nginx, and ready when that answers. */
export function nginxPod(side: Side, name: string, isFar: boolean): Manifest {
  return pod(side, name, isFar, [nginxContainer])
}

/** Pods end when they are told to: none of their programs has anything to finish. */
export async function removePods(api: ApiServer, side: Side, names: readonly string[]): Promise<void> {
  const pods = `/api/v1/namespaces/${namespaceOf(side)}/pods`
  for (const name of names) await api.delete(`${pods}/${name}?gracePeriodSeconds=1`)
  await eventually(`pods of ${namespaceOf(side)} end`, async () => {
    const { items } = await api.get<{ items: SeenPod[] }>(pods)
    const left = items.filter(({ metadata }) => names.includes(metadata.name)).length
    if (left > 0) throw new Error(`${left} are left`)
  })
}

const nginxContainer: Manifest = {
  name: 'nginx',
  image: 'weft.test/nginx:1',
  command: ['/usr/sbin/nginx', '-c', '/etc/nginx/nginx.conf'],
  volumeMounts: [{ name: 'configuration', mountPath: '/etc/nginx' }],
  readinessProbe: { httpGet: { path: '/', port: ports.http1 }, periodSeconds: 1 },
}

function objectsOf(side: Side): Manifest[] {
  const name = namespaceOf(side)
  const origin = ['/bin/origin', 'on=0.0.0.0', `h2:${ports['grpc-unary']}`, `echo:${ports.tcp}`]
  const served = [
    { name: 'http', port: ports.http1, appProtocol: 'http' },
    { name: 'grpc', port: ports['grpc-unary'], appProtocol: 'kubernetes.io/h2c' },
    { name: 'tcp', port: ports.tcp, appProtocol: 'tcp' },
  ]
  return [
    namespace(name, side === 'mesh' ? 'enabled' : 'unsaid'),
    configMap(name, 'nginx', { 'nginx.conf': nginx }),
    // origin ends with its input.
    pod(side, 'server', false, [nginxContainer, { name: 'origin', image: BENCH, command: origin, stdin: true }]),
    service(name, 'server', ports.http1, ports.http1, { ports: served }),
    benchPod(side, 'near', false, ['/bin/first', 'hold']),
    benchPod(side, 'far', true, ['/bin/first', 'hold']),
  ]
}

function pod(side: Side, name: string, isFar: boolean, containers: readonly Manifest[]): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: namespaceOf(side), name, labels: { app: name } },
    spec: {
      nodeSelector: { 'kubernetes.io/hostname': isFar ? farNode : nearNode },
      terminationGracePeriodSeconds: 1,
      automountServiceAccountToken: false,
      volumes: [{ name: 'configuration', configMap: { name: 'nginx' } }],
      containers,
    },
  }
}
