/** Every metric of the control plane; `docs/metrics.md` describes each. */
export const metricNames = {
  revision: 'weft_control_plane_revision',
  nodes: 'weft_control_plane_nodes',
  workloads: 'weft_control_plane_workloads',
  resources: 'weft_control_plane_resources',
  subscribers: 'weft_control_plane_subscribers',
} as const
