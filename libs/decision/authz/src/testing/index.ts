// For tests: what policies mean, interpreted plainly.
// Not here: how it is decided in the product (authorizer.ts).
// Start with naive-interpreter.ts.
export * from './naive-interpreter.ts'
export * from './model-servers.ts'
