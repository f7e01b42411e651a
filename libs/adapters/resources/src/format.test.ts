import { expect, test } from 'vitest'
import { formatResources } from './format.ts'
import { parseResources } from './parse.ts'
import { policyYaml, routeYaml, serviceYaml, trafficPolicyYaml } from './testing/examples.ts'

const all = parseResources([serviceYaml, routeYaml, policyYaml, trafficPolicyYaml].join('\n---\n'), 'f')
const stored = all.map((resource) => ({
  ...resource,
  metadata: {
    ...resource.metadata,
    generation: 3,
    resourceVersion: '17',
    creationTimestamp: '2026-01-01T00:00:00.000Z',
  },
}))

test.each(['yaml', 'json'] as const)('parseResources() reads back what formatResources() wrote as %s', (format) => {
  expect(parseResources(formatResources(stored as never, format), 'f')).toEqual(stored)
  expect(parseResources(formatResources(stored.slice(0, 1) as never, format), 'f')).toEqual(stored.slice(0, 1))
})

test('formatResources() quotes text that YAML would take for something else', () => {
  const service = {
    ...all[0]!,
    metadata: { ...all[0]!.metadata, labels: { a: 'yes', b: '0x1', c: '1', d: 'null', e: '' } },
  }

  expect(parseResources(formatResources([service as never], 'yaml'), 'f')).toEqual([service])
})
