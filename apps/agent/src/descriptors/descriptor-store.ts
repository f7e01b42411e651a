/** Where descriptors are kept beyond the life of this process, by name: 1 to 127 octets. */
export interface DescriptorStore {
  /** How often the agent was started again in its place. */
  readonly restarts: number
  /** Waits until the agent before us is gone, where there is one: what is one node's alone may be taken from now on. */
  begin(): void
  /** A descriptor that an earlier life kept, ours to close; -1 for none. */
  take(name: string): number
  /** Keeps an open file beyond our life, until it is dropped. It stays ours as well. */
  keep(name: string, fd: number): void
  drop(name: string): void
  /** This life has started. One that ends before counts as a failure. */
  ready(): void
  /** Our processes may go on for that long when this one has ended. False where nobody would wait for them. */
  leave(forMs: number): boolean
}

/** Nothing outlives us. */
export const noStore: DescriptorStore = {
  restarts: 0,
  begin: () => {},
  take: () => -1,
  keep: () => {},
  drop: () => {},
  ready: () => {},
  leave: () => false,
}
