// How traffic is meant to be treated: routes, traffic policies, authorization policies, as plain frozen values.
// Not here: choosing by them (decision), and reading them from YAML (adapters/resources).
// Start with route.ts, then policy.ts.
export * from './gateway.ts'
export * from './policy.ts'
export * from './route.ts'
