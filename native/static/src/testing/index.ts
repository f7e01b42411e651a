// For tests: texts for a program that reads them, and what is in a program's file.
// Not here: anything that runs in production.
// Start with fuzz.ts.
export * from './fuzz.ts'
export * from './segment-types.ts'
