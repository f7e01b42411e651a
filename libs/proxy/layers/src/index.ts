// The layers of the data plane, one file each, over the decision libraries; and the pools that dispatch sends through.
// Not here: the order in which they stand (the agent's outbound/stack.ts and inbound/stack.ts).
// Start with route.ts and follow a request: deadline, retry, balance, dispatch.
export * from './affinity.ts'
export * from './authz.ts'
export * from './balance.ts'
export * from './deadline.ts'
export * from './dispatch.ts'
export * from './judgement.ts'
export * from './metrics.ts'
export * from './mirror.ts'
export * from './peer-report.ts'
export * from './retry.ts'
export * from './route.ts'
export * from './traffic-table.ts'
export * from './pool-pair.ts'
export * from './upstream-pools.ts'
