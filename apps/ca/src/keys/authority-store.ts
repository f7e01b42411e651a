import type { StoredAuthority } from './stored-authority.ts'

export interface Authorities {
  readonly root: StoredAuthority
  readonly issuing: StoredAuthority
}

/** What was found at one moment: both, neither, or a root that waits for its issuing authority. */
export interface StoredAuthorities {
  readonly root: StoredAuthority | null
  readonly issuing: StoredAuthority | null
  /** Opaque: what {@link AuthorityStore.replace} compares. */
  readonly version: string
}

/**
 * Where the authorities of one mesh are kept, encrypted, over restarts. Replicas of the CA share one; each change is agreed by
 * version: of several that replace the same one, exactly one succeeds. Implementations pass authority-store.contract.ts.
 */
export interface AuthorityStore {
  /** For messages: a directory, `Secret namespace/name`. */
  readonly place: string
  /** Changes nothing. Faults: Failure `state_invalid`, `key_sealed`, or why it cannot be read. */
  read(): Promise<StoredAuthorities>
  /**
   * Replaces what was read at `version`; false when it is another by now, and nothing is changed then.
   * Faults: Failure `write_failed`.
   */
  replace(authorities: Authorities, version: string): Promise<boolean>
  /** What was published last; null when nothing was. */
  publishedRoots(): Promise<string | null>
  /** Tells the mesh which roots to trust; writes only what differs. Faults: Failure `write_failed`. */
  publishRoots(pem: string): Promise<void>
}
