// What a connection carries, told from its first octets: HTTP/1, HTTP/2, TLS (with name and ALPN), or something else.
// Not here: how long to wait for those octets (proxy), and reading the protocols themselves (http1, http2).
// Start with detect.ts.
export * from './client-hello.ts'
export * from './detect.ts'
export * from './foreign-line.ts'
export * from './server-settings.ts'
