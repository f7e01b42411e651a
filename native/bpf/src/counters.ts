/** Slots of the map `counters`, in the order of `enum counter` in mesh_types.h; a test holds the two together. */
export const counterNames = [
  'redirected',
  'passed',
  'local',
  'refusedNotReady',
  'refusedUnknown',
  'refusedDevice',
  'refusedNoMemory',
  'dns',
  'dnsPassed',
  'filed',
  'taken',
  'unclaimed',
  'steered',
  'ownDials',
  'dropped',
  'undeclaredPorts',
  'mapFull',
  'misdirected',
  'contestedPorts',
  'probes',
] as const
export type CounterName = (typeof counterNames)[number]
