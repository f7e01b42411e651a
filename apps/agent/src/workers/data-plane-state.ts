import { LearnedProtocols } from '../outbound/learned-protocols.ts'
import type { IdentityMessage, ListenMessage, LocalWorkload, ResourceUpsert, ToWorker } from '../worker/messages.ts'

/** The configuration in force, wherever it comes from. */
export interface HeldResources {
  readonly revision: number
  readonly policyRevision: number
  all(): readonly ResourceUpsert[]
}

/** Everything that a worker must know, so that one started later is told the same as those that run. */
export class DataPlaneState {
  readonly resources: HeldResources
  readonly identities = new Map<string, IdentityMessage>()
  readonly listeners = new Map<string, ListenMessage>()
  local: readonly LocalWorkload[] = []
  /** Where the maps of the node's hooks are pinned; '' without capture. */
  mapsDir = ''
  probers: readonly string[] = []
  /** What workers learned, for those that start later. */
  readonly learned = new LearnedProtocols(() => {})

  constructor(resources: HeldResources) {
    this.resources = resources
  }

  /** What a new worker is told after `configure`, in order: identities and workloads before the listeners that need them. */
  *replay(): Generator<ToWorker> {
    yield* this.identities.values()
    if (this.mapsDir !== '') yield { type: 'capture', mapsDir: this.mapsDir }
    yield { type: 'probers', addresses: this.probers }
    yield { type: 'workloads', local: this.local }
    yield {
      type: 'resources',
      revision: this.resources.revision,
      policyRevision: this.resources.policyRevision,
      upserts: this.resources.all(),
      removals: [],
    }
    for (const key of this.learned.keys()) yield { type: 'learned', key, isHttp: true }
    yield* this.listeners.values()
  }
}
