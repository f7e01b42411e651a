// Leaving out endpoints that keep failing: failure accrual, ejection with back-off, probation, panic threshold.
// Not here: choosing among what is left (decision/balancer feeds and asks it), and what counts as a failure (proxy/layers).
// Start with outlier-detector.ts.
export * from './outlier-detector.ts'
