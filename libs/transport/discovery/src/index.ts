// The delta protocol by which the configuration reaches those who use it: model ↔ messages, serving side, subscribing side.
// Not here: what there is to tell (apps/control-plane, apps/policy) and what is done with it (apps/agent).
// Start with delta-client.ts or delta-server.ts; kinds.ts has the kinds and their names.
export * from './convert/convert.ts'
export * from './delta-client.ts'
export * from './delta-server.ts'
export * from './delta-stream.ts'
export type { DeltaSink, DeltaSubscription } from './delta-subscription.ts'
export * from './encoded-resource.ts'
export * from './grpc-binding.ts'
export * from './kinds.ts'
export * from './resource-set.ts'
export * from './snapshot-file.ts'
