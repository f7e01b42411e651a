// The CNI plugin that holds a pod's start until the mesh has hold of the pod: compiled, or as an image carries it.
// Not here: the agent's side of its socket and its place in the node's configuration (apps/agent/src/kubernetes).
// Start with ../c/main.c.
export * from './plugin-program.ts'
