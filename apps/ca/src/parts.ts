import type { Component } from '@weft/lifecycle'
import type { Admission } from './attest/admission.ts'
import type { AuthorityStore } from './keys/authority-store.ts'
import type { CaMetrics } from './serve/metrics.ts'
import type { Registration } from './serve/registration.ts'
import type { Audit } from './sign/audit-log.ts'
import type { Hierarchy } from './sign/hierarchy.ts'
import type { OwnSvid } from './sign/own-svid.ts'

/** What differs between a machine and Kubernetes; everything else of the CA is one. */
export interface CaParts {
  readonly store: AuthorityStore
  readonly admission: Admission
  readonly audit: (metrics: CaMetrics) => Audit
  readonly renewsByToken: boolean
  /** Made once the CA has a certificate to ask with. */
  readonly registration: (own: OwnSvid) => Registration & Component
  /** What else runs beside it. */
  readonly companions: (hierarchy: Hierarchy) => readonly Component[]
}
