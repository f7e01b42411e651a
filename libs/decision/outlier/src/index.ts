// Leaving out endpoints that keep failing, or stand out: accrual, ejection with back-off, probation, panic threshold.
// Not here: choosing among what is left (decision/balancer feeds and asks it), and what counts as a failure (proxy/layers).
// Start with outlier-detector.ts; compare.ts for the rules that look at all endpoints.
export * from './outlier-detector.ts'
export * from './outlier-state.ts'
