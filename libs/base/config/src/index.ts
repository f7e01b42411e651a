// Settings of a process as one table: flags, environment, defaults, documentation.
// Not here: resources that change while running (adapters/resources, discovery).
// Start with config.ts; settings.ts has the types of value.
export * from './config.ts'
export * from './settings.ts'
