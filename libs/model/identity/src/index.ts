// Who somebody is: SPIFFE IDs of workloads and of the mesh's own parts.
// Not here: certificates (transport/mtls) and issuing them (apps/ca).
// Start with spiffe-id.ts.
export * from './spiffe-id.ts'
