// How everything begins and ends: Component and the Lifecycle that runs a list of them.
// Not here: signals and process exit (base/host).
// Start with component.ts.
export * from './component.ts'
export * from './simple-component.ts'
