// Choosing an endpoint: peak EWMA (default), least request, round robin, random, ring hash, maglev; one interface.
// Not here: what the endpoints are (model/topology) and connections to them (transport/pool).
// Start with balancer.ts; a strategy is a file in strategies/. To drive it by itself, in real or virtual time:
//
//   const random = Math.random                                   // or a seeded one: nothing else is left to chance
//   const balancer = new Balancer({ balancer: 'PeakEwma' }, random) // absent options: defaultBalancerOptions
//   balancer.update([{ key: '10.0.0.1:80', weight: 1, target: 'a' }, { key: '10.0.0.2:80', weight: 1, target: 'b' }], nowMs)
//   const context = new PickContext()
//   context.reset(nowMs, hashText('user-7'))                     // the hash matters to RingHash and Maglev alone
//   const endpoint = balancer.pick(context)                      // pick: null when there is nobody
//   balancer.started(endpoint, nowMs)                            // begin
//   balancer.finished(endpoint, laterMs, laterMs - nowMs, true)  // end: false for a failure, which outlier ejection counts
//
// Times are milliseconds that never step back, from any zero point. Zones: `locality` of endpoints, and of the client in
// the constructor's third argument. Priorities and weights: of endpoints. All else: options.
export * from './balancer.ts'
export * from './endpoint.ts'
export { hashText } from './hash.ts'
export * from './options.ts'
export * from './shared-load.ts'
export { createStrategy, type Gate, type Strategy, type StrategyOptions } from './strategy.ts'
export { Tier } from './tier.ts'
export * from './simulator/scenarios.ts'
export * from './simulator/server.ts'
export * from './simulator/simulate.ts'
