/** Every metric of the policy service; `docs/metrics.md` describes each. */
export const metricNames = {
  revision: 'weft_policy_revision',
  policies: 'weft_policy_policies',
  subscribers: 'weft_policy_subscribers',
} as const
