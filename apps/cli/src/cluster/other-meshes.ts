import { resourcePath, type KubernetesObject } from '@weft/kubernetes'
import type { ClusterCheck, ClusterReader } from './cluster-checks.ts'

/** What other meshes are known by on a cluster: DaemonSets that capture or chain CNI plugins, webhooks that inject sidecars. */
const SIGNS: readonly { readonly mesh: string; readonly name: RegExp }[] = [
  { mesh: 'Istio', name: /^(istio-cni-node|ztunnel|istio-sidecar-injector.*|istio-revision-tag-.*)$/ },
  { mesh: 'Linkerd', name: /^(linkerd-cni|linkerd-proxy-injector.*)$/ },
  { mesh: 'Cilium Service Mesh', name: /^cilium-envoy$/ },
  { mesh: 'Consul', name: /^(consul-cni|.*consul-connect-injector.*)$/ },
  { mesh: 'Kuma', name: /^(kuma-cni-node|kuma-admission-mutating-webhook-configuration)$/ },
  { mesh: 'Kmesh', name: /^kmesh$/ },
  { mesh: 'Open Service Mesh', name: /^osm-webhook-.*$/ },
]

/** Two meshes that capture one pod are not known to work; in pods of their own both do. */
export function otherMeshCheck(client: ClusterReader): ClusterCheck {
  return {
    id: 'cluster-other-mesh',
    severity: 'warning',
    title: 'no other mesh is installed',
    hint: 'give no pod to both: keep weft.dev/mesh off namespaces that the other one injects into or captures',
    run: async () => {
      const paths = [
        resourcePath('apps/v1', 'daemonsets'),
        resourcePath('admissionregistration.k8s.io/v1', 'mutatingwebhookconfigurations'),
      ]
      const lists = await Promise.all(paths.map((path) => client.list<KubernetesObject>(path)))
      const found = lists
        .flatMap(({ items }) => items)
        .flatMap(({ metadata: { name, namespace } }) =>
          SIGNS.filter((sign) => sign.name.test(name)).map(
            ({ mesh }) => `${mesh} (${namespace === undefined ? name : `${namespace}/${name}`})`,
          ),
        )
      return { ok: found.length === 0, found: found.join(', ') || 'none' }
    },
  }
}
