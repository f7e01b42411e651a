// The process that keeps the agent running and its listening sockets open: compiled, or as an image carries it.
// Not here: the agent's side of its store (apps/agent/src/descriptors).
// Start with ../c/main.c.
export * from './launcher-program.ts'
