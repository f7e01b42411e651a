import { durationMs } from '../duration.ts'
import type { FieldProblem } from '../problem.ts'
import type { TrafficPolicyResource } from '../resource.ts'
import { defaultTrafficPolicy } from '@weft/traffic'
import type { HashKeySpec, LoadBalancerSpec } from '../schemas/load-balancer.ts'
import { Check } from './check.ts'

/** Bounds that belong together are in order, defaults included. */
export function checkTrafficPolicy({ spec }: TrafficPolicyResource): FieldProblem[] {
  const check = new Check()
  check.unique(['spec', 'targetRefs'], 'name', spec.targetRefs, (ref) => ref.name)
  const { retry, outlier } = defaultTrafficPolicy
  const { retries = {}, outlierDetection = {} } = spec
  inOrder(
    check,
    'retries',
    ['backoff', retries.backoff, retry.backoffBaseMs],
    ['backoffMax', retries.backoffMax, retry.backoffMaxMs],
  )
  const { ejectBase, ejectMax } = outlierDetection
  inOrder(
    check,
    'outlierDetection',
    ['ejectBase', ejectBase, outlier.ejectBaseMs],
    ['ejectMax', ejectMax, outlier.ejectMaxMs],
  )
  checkLoadBalancer(check, spec.loadBalancer ?? {})
  const { connections, warm } = spec.connectionLimits ?? {}
  const connectionsMax = connections ?? defaultTrafficPolicy.connectionsMax
  if (warm !== undefined && warm > connectionsMax) {
    check.refuse(['spec', 'connectionLimits', 'warm'], `found ${warm}, expected at most connections, ${connectionsMax}`)
  }
  return check.problems
}

const HASHING = ['RingHash', 'Maglev']

/** Settings that the strategy would never look at are a mistake. */
function checkLoadBalancer(check: Check, spec: LoadBalancerSpec): void {
  const type = spec.type ?? 'PeakEwma'
  const only = (field: keyof LoadBalancerSpec, ...types: string[]): void => {
    if (spec[field] === undefined || types.includes(type)) return
    const message = `found beside type ${type}, expected it only with ${types.join(', ')}`
    check.refuse(['spec', 'loadBalancer', field], message)
  }
  only('ewmaDecay', 'PeakEwma')
  only('choices', 'PeakEwma', 'LeastRequest')
  only('hashKeys', ...HASHING)
  only('slowStart', 'PeakEwma', 'LeastRequest', 'RoundRobin', 'Random')
  spec.hashKeys?.forEach((key, index) => checkHashKey(check, key, index))
}

function checkHashKey(check: Check, key: HashKeySpec, index: number): void {
  const path = ['spec', 'loadBalancer', 'hashKeys', index]
  const { type } = key
  if (type === 'SourceAddress' && key.name !== undefined) {
    check.refuse([...path, 'name'], `found ${JSON.stringify(key.name)}, expected none for SourceAddress`)
  }
  if (type !== 'SourceAddress' && key.name === undefined) {
    check.refuse([...path, 'name'], `missing, expected the name of the ${WORDS[type]}`)
  }
  for (const field of ['path', 'ttl'] as const) {
    if (key[field] === undefined || type === 'Cookie') continue
    check.refuse([...path, field], `found ${JSON.stringify(key[field])}, expected it only for a Cookie`)
  }
}

const WORDS = { Header: 'header', QueryParameter: 'query parameter', Cookie: 'cookie' } as const

type Bound = readonly [field: string, given: string | undefined, defaultMs: number]

function inOrder(check: Check, part: string, low: Bound, high: Bound): void {
  const valueOf = ([, given, defaultMs]: Bound): number => (given === undefined ? defaultMs : durationMs(given))
  if (valueOf(low) <= valueOf(high)) return
  const blamed = high[1] === undefined ? low : high
  const bound = blamed === high ? `at least ${low[0]}, ${valueOf(low)}ms` : `at most ${high[0]}, ${valueOf(high)}ms`
  check.refuse(['spec', part, blamed[0]], `found ${JSON.stringify(blamed[1])}, expected ${bound}`)
}
