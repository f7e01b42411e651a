// Choosing an endpoint: peak EWMA (default), least request, round robin, random, ring hash, maglev; one interface.
// Not here: what the endpoints are (model/topology) and connections to them (transport/pool).
// Start with balancer.ts; a strategy is a file in strategies/.
export * from './balancer.ts'
export * from './endpoint.ts'
export { hashText } from './hash.ts'
export { createStrategy, type Strategy, type StrategyOptions } from './strategy.ts'
