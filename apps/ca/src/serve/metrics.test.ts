import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CaMetrics, refusalReasons } from './metrics.ts'

test('docs/ca.md describes every reason of a refusal, and no other', () => {
  const text = readFileSync(join(import.meta.dirname, '../../../../docs/ca.md'), 'utf8')
  const section = text.slice(text.indexOf('## Why a request is refused'))

  const documented = [...section.matchAll(/^\| `([a-z_]+)`/gm)].map((row) => row[1])

  expect(documented.toSorted()).toEqual([...refusalReasons].toSorted())
})

test('a refusal with a code of its own is counted as other', async () => {
  const metrics = new CaMetrics()

  metrics.countRefused('Join', 'token_used')
  metrics.countRefused('Join', 'never_heard_of')

  const text = await metrics.registry.metrics()
  expect(text).toContain('weft_ca_requests_refused_total{method="Join",reason="token_used"} 1')
  expect(text).toContain('weft_ca_requests_refused_total{method="Join",reason="other"} 1')
})
