/** Where descriptors are kept beyond the life of this process, by name: 1 to 127 octets. */
export interface DescriptorStore {
  /** How often the agent was started again in its place. */
  readonly restarts: number
  /** A descriptor that an earlier life kept, ours to close; -1 for none. */
  take(name: string): number
  /** Keeps an open file beyond our life, until it is dropped. It stays ours as well. */
  keep(name: string, fd: number): void
  drop(name: string): void
  /** This life has started. One that ends before counts as a failure. */
  ready(): void
}

/** Nothing outlives us. */
export const noStore: DescriptorStore = {
  restarts: 0,
  take: () => -1,
  keep: () => {},
  drop: () => {},
  ready: () => {},
}
