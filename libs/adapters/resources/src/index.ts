// Resources as people write them: YAML and JSON ↔ checked values, and those compiled to the model.
// Not here: storing them (apps/control-plane) and Kubernetes' API (adapters/kubernetes).
// Start with kinds.ts, the table of kinds; then parse.ts and compile/.
export { compileAuthorizationPolicy } from './compile/authorization-policy.ts'
export * from './compile/route.ts'
export * from './compile/service.ts'
export * from './compile/traffic-policy.ts'
export * from './duration.ts'
export * from './format.ts'
export { findKind, kindTable, type KindEntry, storedKinds } from './kinds.ts'
export * from './parse.ts'
export { formatProblem, type Problem, ResourceProblems } from './problem.ts'
export * from './resource.ts'
export type { Schema } from './schemas/schema.ts'
export { validateResource } from './validate.ts'
