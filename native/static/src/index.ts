// Programs in C that run where nobody knows the libraries: compiled and linked statically, or as an image carries them.
// Not here: the programs themselves (native/cni, native/launcher).
// Start with static-program.ts.
export * from './static-program.ts'
