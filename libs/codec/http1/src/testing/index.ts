export * from './corpus.ts'
export * from './recorder.ts'
