export * from './test-authority.ts'
export * from './openssl.ts'
