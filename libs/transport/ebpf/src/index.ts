// Capture of workloads' traffic by eBPF: compiled, loaded, attached, fed, read back. And the cgroups it stands on.
// Not here: the programs (native/bpf), the system calls (native/addon), who is enrolled and when (apps/agent).
// Start with ebpf-capture.ts; capture.ts has the words.
export * from './capture.ts'
export { cgroup2Mount, createCgroup, joinCgroup, processesIn, removeCgroup } from './cgroup.ts'
export { detachCapture } from './detach.ts'
export * from './direct.ts'
export { type DirectChange, DirectPath } from './direct-path.ts'
export * from './ebpf-capture.ts'
export { PortOwners } from './port-owners.ts'
export * from './probe.ts'
export * from './stranger-sockets.ts'
// The typed face of the addon: apps take system calls from here and never import native code themselves.
export {
  fdOf,
  isSystemError,
  loadAddon,
  missingCapabilities,
  tryLoadAddon,
  unconnectedSocket,
  type Addon,
  type OriginalDestination,
} from '@weft/addon'
// And the CNI plugin, which holds pods until they are captured.
export { pluginProgram } from '@weft/cni'
