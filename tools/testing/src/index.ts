// For tests: what this machine can do, and suites that are skipped by name where it can't.
// Not here: fakes; each library has its own under `./testing`.
// Start with needs.ts.
export { kubernetesProgram, missingCapability, type Capability } from './capabilities.ts'
export { H2SPEC_PASSED, type RunH2spec, withH2spec } from './h2spec.ts'
export { needs } from './needs.ts'
export { SKIP_MARK } from './skip-mark.ts'
