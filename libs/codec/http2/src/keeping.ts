/** Something that has octets which will not last. */
export interface Keeper {
  /** They are about to change, or keep more alive than they are worth: copies what still waits. */
  keep(): void
}

/** What a connection knows of the octets that it is given. */
export interface Keeping {
  /** What `receive` is given is lent for a turn. */
  readonly isLent: boolean
  /** Calls `keep` before the turn is over, as late as may be: most of what waits then has gone its way. */
  readonly keepSoon: (keeper: Keeper) => void
}
