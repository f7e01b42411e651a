import { rootsAccess, type AccessRule } from '@weft/kubernetes'

/** What the policy service asks of the API server; the chart's role is made from it. */
export const policyAccess: readonly AccessRule[] = [rootsAccess]
