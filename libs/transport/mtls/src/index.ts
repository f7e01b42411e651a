// Keys, certificate requests, certificates and TLS contexts of SPIFFE identities; TLS with those who have none.
// Not here: asking a CA for them (transport/rpc), who may have which (apps/ca), what runs over TLS (transport/hbone).
// Start with svid.ts; tls-contexts.ts is what the data path uses.
export * from './begin-terminated.ts'
export * from './build-certificate.ts'
export * from './csr.ts'
export { identityError, peerIdentityOf, type ExpectedIdentities } from './peer-identity.ts'
export * from './native-tls.ts'
export * from './private-key.ts'
export * from './read-certificate.ts'
export * from './svid.ts'
export * from './tls-acceptor.ts'
export * from './tls-contexts.ts'
export * from './tls-origination.ts'
export * from './tls-terminator.ts'
export * from './verify-svid.ts'
