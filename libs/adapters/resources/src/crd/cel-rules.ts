import type { ResourceKind } from '../resource.ts'

/** A rule that the API server holds a part of an object to. Source: Kubernetes, "CustomResourceDefinitions, validation rules". */
export interface CelRule {
  /** Of the part it is about: names of properties, `[]` for the items of a list. */
  readonly at: readonly string[]
  /** In CEL; `self` is that part. */
  readonly rule: string
  /** What was expected, in the words of the reader. */
  readonly message: string
  /** The field of the part that is wrong. */
  readonly field?: string
}

const uniqueTargets = (optional: boolean): CelRule => ({
  at: ['spec'],
  rule: `${optional ? '!has(self.targetRefs) || ' : ''}self.targetRefs.all(a, self.targetRefs.exists_one(b, b.name == a.name))`,
  message: 'expected each name once',
  field: '.targetRefs',
})

/** `field` of spec.loadBalancer only with these strategies. */
const onlyWith = (field: string, ...types: readonly string[]): CelRule => {
  const list = types.map((type) => `'${type}'`).join(', ')
  const byDefault = types.includes('PeakEwma')
    ? `!has(self.type) || self.type in [${list}]`
    : `has(self.type) && self.type in [${list}]`
  return {
    at: ['spec', 'loadBalancer'],
    rule: `!has(self.${field}) || ${types.includes('PeakEwma') ? byDefault : `(${byDefault})`}`,
    message: `expected it only with type ${types.join(', ')}`,
    field: `.${field}`,
  }
}

/** Two durations in order, defaults included. */
const inOrder = (part: string, low: readonly [string, string], high: readonly [string, string]): CelRule => {
  const valueOf = ([field, byDefault]: readonly [string, string]): string =>
    `duration(has(self.${field}) ? self.${field} : '${byDefault}')`
  return {
    at: ['spec', part],
    rule: `${valueOf(low)} <= ${valueOf(high)}`,
    message: `expected ${low[0]} (${low[1]} when absent) to be at most ${high[0]} (${high[1]} when absent)`,
  }
}

const LABEL_KEY = '^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$'

/**
 * What checks/ refuses beyond a schema, for the kinds that are ours. Two things of AuthorizationPolicy only the reader can
 * tell, and the condition Accepted then does: whether a regular expression takes linear time, and whether a path hides
 * signs that some servers fold (Unicode NFKC).
 */
export const celRules: { readonly [Kind in ResourceKind]?: readonly CelRule[] } = {
  TrafficPolicy: [
    uniqueTargets(false),
    {
      at: ['spec', 'targetRefs', '[]'],
      rule: "self.kind == 'Service' && (!has(self.group) || self.group == '')",
      message: "expected kind Service of group '' in a mesh",
    },
    inOrder('retries', ['backoff', '25ms'], ['backoffMax', '250ms']),
    inOrder('outlierDetection', ['ejectBase', '1s'], ['ejectMax', '60s']),
    onlyWith('ewmaDecay', 'PeakEwma'),
    onlyWith('choices', 'PeakEwma', 'LeastRequest'),
    onlyWith('hashKeys', 'RingHash', 'Maglev'),
    onlyWith('slowStart', 'PeakEwma', 'LeastRequest', 'RoundRobin', 'Random'),
    {
      at: ['spec', 'loadBalancer', 'hashKeys', '[]'],
      rule: "(self.type == 'SourceAddress') != has(self.name)",
      message: 'expected the name of the header, parameter or cookie; none for SourceAddress',
      field: '.name',
    },
    {
      at: ['spec', 'loadBalancer', 'hashKeys', '[]'],
      rule: "self.type == 'Cookie' || (!has(self.path) && !has(self.ttl))",
      message: 'expected path and ttl only for a Cookie',
    },
    {
      at: ['spec', 'connectionLimits'],
      rule: '!has(self.warm) || self.warm <= (has(self.connections) ? self.connections : 1024)',
      message: 'expected at most connections (1024 when absent)',
      field: '.warm',
    },
  ],
  AuthorizationPolicy: [
    uniqueTargets(true),
    {
      at: ['spec'],
      rule: '!has(self.targetRefs) || !has(self.selector)',
      message: 'found beside targetRefs, expected one of the two',
      field: '.selector',
    },
    {
      at: ['spec'],
      rule: "self.action != 'DENY' || (has(self.rules) && size(self.rules) > 0)",
      message: 'expected at least one with action DENY: without any it denies nothing',
      field: '.rules',
    },
    {
      at: ['spec', 'selector', 'matchLabels'],
      rule: `self.all(key, size(key) <= 317 && key.matches('${LABEL_KEY}'))`,
      message: "expected names of letters, digits, '-', '_' and '.', with an optional prefix such as example.com/",
    },
  ],
}

const SIGN = '/*?#%\\\\\\x00-\\x20\\x7f-\\x9f'
/** A step of a path that is neither empty nor dots alone, also before a `;`. */
const STEP = `\\.*[^.;${SIGN}][^${SIGN}]*`

/**
 * Rules about every path of every operation would cost more than the API server grants to CEL; a pattern costs nothing. So
 * the one of paths is stricter than that of the reader, which refuses empty and dot steps with words of its own.
 */
export function patternAt(path: readonly string[]): string | undefined {
  return path.join('.') === 'spec.rules.[].to.[].paths.[]' ? `^/(${STEP}/)*((${STEP})?\\*?|\\.+\\*)$` : undefined
}
