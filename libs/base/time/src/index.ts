// Time and chance as things that are passed in: Clock, Timer, Random, TimerWheel.
// Not here: the real clock (base/host).
// Start with clock.ts; timer-wheel.ts for many coarse timers.
export * from './clock.ts'
export * from './timer-wheel.ts'
