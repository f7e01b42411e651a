export * from './corpus.ts'
export * from './mutate.ts'
export * from './recorder.ts'
