import { path, text } from '@weft/config'

/** Settings of the agent that count on Kubernetes only. */
export const kubernetesSettings = {
  kubeconfig: text('Kubernetes: path of a kubeconfig; empty for the ServiceAccount of the pod.', { default: '' }),
  namespace: text('Kubernetes: namespace of the mesh, whose own pods are never in it.', { default: 'weft-system' }),
  podUid: text('Kubernetes: UID of the agent’s own pod, by which it finds its cgroup.', { default: '' }),
  daemonSet: text(
    'Kubernetes: DaemonSet of the agent; when that is gone, the last agent takes everything out of the node. Empty: never.',
    {
      default: 'weft-agent',
    },
  ),
  cgroupDir: path('Kubernetes: where /sys/fs/cgroup of the node is seen.', { default: '/sys/fs/cgroup' }),
  cniConfigDir: path('Kubernetes: where /etc/cni/net.d of the node is seen.', { default: '/etc/cni/net.d' }),
  cniBinaryDir: path('Kubernetes: where /opt/cni/bin of the node is seen.', { default: '/opt/cni/bin' }),
  cniSocket: path('Kubernetes: where the CNI plugin asks; the same path for the agent and on the node.', {
    default: '/run/weft/cni.sock',
  }),
  cniNamespacesFile: path(
    'Kubernetes: namespaces whose pods wait while there is no agent; the same path for the agent and on the node.',
    { default: '/var/lib/weft/cni/namespaces' },
  ),
} as const
