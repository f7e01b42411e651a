// For tests: a mesh node in scratch cgroups and namespaces, workloads that connect when told, an agent that listens.
// Not here: anything that runs in production.
// Start with scratch-node.ts.
export * from './probe-workload.ts'
export * from './scratch-node.ts'
export * from './test-agent.ts'
