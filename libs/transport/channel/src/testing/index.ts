export * from './memory-channel.ts'
export * from './recorder.ts'
