export * from './examples.ts'
