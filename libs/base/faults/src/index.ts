// The words for trouble: faults (values on the data path), failures (errors elsewhere), assert (bugs).
// Not here: turning a fault into a response; that is proxy/layers.
// Start with faults.ts.
export * from './failure.ts'
export * from './faults.ts'
