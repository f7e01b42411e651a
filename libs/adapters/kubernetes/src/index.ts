// Kubernetes' API: requests, objects that are followed as they change, and leadership among replicas.
// Not here: what objects mean to a mesh (the apps) and Weft's own kinds (adapters/resources).
// Start with client.ts; then informer.ts and leader-election.ts.
export { accessOf, covers, isAllowed, type Access, type AccessRule, type AccessVerb } from './access.ts'
export { ApiFailure, isApiFailure } from './api-failure.ts'
export {
  type ApplyOptions,
  KubernetesClient,
  type ClientOptions,
  type ListOptions,
  type WriteOptions,
} from './client.ts'
export { Informer, type InformerOptions, type InformerSource } from './informer.ts'
export { LeaderElection, type LeaderElectionOptions } from './leader-election.ts'
export * from './object.ts'
export { patiently } from './patience.ts'
export { type ForwardedPort, PortForward } from './port-forward.ts'
export { podAttestation, rootsAccess } from './pod-attestation.ts'
