// What people see on a terminal: tables, a region rewritten in place, colour where it is wanted.
// Not here: what is shown (the CLI, the demo) and where it is written: a function is passed in.
// Start with table.ts.
export * from './live-region.ts'
export * from './style.ts'
export * from './table.ts'
