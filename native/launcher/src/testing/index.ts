// For tests: the launcher as a process, with what it and its program say.
// Not here: anything that runs in production.
// Start with launched.ts.
export * from './launched.ts'
export * from './test-agent.ts'
