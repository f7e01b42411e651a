// Time and chance as things that are passed in: Clock, Timer, Random.
// Not here: the real clock (base/host).
// Start with clock.ts.
export * from './clock.ts'
