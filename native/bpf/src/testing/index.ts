// For tests: a program that plays a workload in the tests of the hooks.
// Not here: cgroups and namespaces to run it in (transport/ebpf/testing).
// Start with probe.ts.
export { compileProbe } from './probe.ts'
