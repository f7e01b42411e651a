// Whether another attempt is safe, affordable and when: idempotency, gRPC status rules, retry budget, backoff, pushback.
// Not here: making the attempt (proxy/layers).
// Start with retry-safety.ts, then retry-budget.ts.
export * from './backoff.ts'
export * from './pushback.ts'
export * from './retry-budget.ts'
export * from './retry-safety.ts'
