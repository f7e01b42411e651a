export * from './linked-pair.ts'
export * from './memory-output.ts'
export * from './recorders.ts'
export * from './wire.ts'
