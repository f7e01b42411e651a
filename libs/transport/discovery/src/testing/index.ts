export * from './memory-stream.ts'
