// Whether a caller may: AuthorizationPolicies compiled for one workload, decided per connection and per request.
// Not here: proving who the caller is (transport/mtls), refusing it (proxy/layers), reading policies (adapters/resources).
// Start with authorizer.ts.
export * from './authorizer.ts'
export { normalizePath, NormalPath } from './normal-path.ts'
export { Source } from './source.ts'
