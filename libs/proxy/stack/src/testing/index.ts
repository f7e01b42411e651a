export * from './collect-body.ts'
export * from './fake-origin.ts'
