// What exists: services, workloads, nodes.
// Not here: how traffic between them is treated (model/traffic).
// Start with topology.ts.
export * from './external-service.ts'
export * from './topology.ts'
export * from './labels.ts'
