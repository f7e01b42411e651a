// The exchange that goes through the data plane, and the stack of layers that it goes through.
// Not here: any layer (proxy/layers), and reading or writing HTTP (proxy/http).
// Start with stack.ts, then exchange.ts.
export * from './destination.ts'
export * from './exchange.ts'
export * from './outcome.ts'
export * from './replay-body.ts'
export * from './stack.ts'
