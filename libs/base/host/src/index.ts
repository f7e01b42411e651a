// The machine itself: real clock, randomness, signals, environment, log lines. The only base library that sees Node.
// Not here: sockets (transport).
// Start with main.ts.
export * from './atomic-file.ts'
export * from './clock.ts'
export * from './environment.ts'
export * from './json-logger.ts'
export * from './main.ts'
export * from './version.ts'
export * from './metrics-server.ts'
export * from './process-metrics.ts'
export * from './settle-memory.ts'
export * from './loopback-user.ts'
export * from './readers.ts'
