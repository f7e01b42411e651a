// The programs that run in the kernel, compiled; what they are called and where each belongs.
// Not here: loading, attaching, and the contents of the maps (transport/ebpf).
// Start with programs.ts; the programs themselves are the *.bpf.c files, their maps are in mesh_maps.h.
export * from './compile.ts'
export * from './counters.ts'
export * from './find-program.ts'
export * from './layouts.ts'
export * from './programs.ts'
