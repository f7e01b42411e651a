export * from './routed-to.ts'
