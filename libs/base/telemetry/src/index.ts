// Numbers about traffic that cost little to take: Histogram, and the Logger interface.
// Not here: exposition to Prometheus (the apps) and where log lines go (base/host).
// Start with histogram.ts.
export * from './histogram.ts'
export * from './logger.ts'
