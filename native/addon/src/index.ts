// System calls that Node lacks: sockets inside network namespaces, descriptors of other processes, BPF maps and links.
// Not here: any policy or state. The capture of traffic made from these calls is transport/ebpf.
// Start with addon.ts (what each call does); load.ts compiles and loads.
export * from './addon.ts'
export * from './capabilities.ts'
export * from './compile.ts'
export * from './load.ts'
export * from './node-socket.ts'
