// Objects of a Kubernetes cluster in the words of the model: pods, services, endpoint slices, nodes, namespaces.
// Not here: reading them from the API server (adapters/kubernetes) and holding them as they change (apps/control-plane).
// Start with pod-workload.ts; then service.ts.
export * from './app-protocol.ts'
export * from './enrolment.ts'
export * from './node.ts'
export * from './objects.ts'
export * from './owner.ts'
export * from './plaintext.ts'
export * from './pod-ports.ts'
export * from './pod-workload.ts'
export * from './probes.ts'
export * from './service.ts'
export * from './slice.ts'
export * from './trim.ts'
export * from './webhooks.ts'
