// Keys, certificate requests, certificates and TLS contexts of SPIFFE identities.
// Not here: asking a CA for them (transport/rpc), issuing policy (apps/ca), sockets (transport/hbone).
// Start with svid.ts; tls-contexts.ts is what the data path uses.
export * from './peer-identity.ts'
export * from './private-key.ts'
export * from './read-certificate.ts'
export * from './svid.ts'
