// For tests: the plugin as a process, called as a container runtime calls it.
// Not here: anything that runs in production.
// Start with call-plugin.ts.
export * from './call-plugin.ts'
