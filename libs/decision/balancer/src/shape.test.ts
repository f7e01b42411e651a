import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'

test('endpoints and contexts keep one hidden shape, whatever happened to them', () => {
  const program = `
    import { Balancer, PickContext } from '@weft/balancer'
    import { defaultTrafficPolicy } from '@weft/traffic'
    const balancer = new Balancer(defaultTrafficPolicy, () => 0.5)
    balancer.update([{ key: 'used', weight: 1, target: 1 }, { key: 'new', weight: 1, target: 1 }])
    const [used, fresh] = [...balancer.states()]
    balancer.started(used, 1.5)
    balancer.finished(used, 3.25, 1.75, true)
    for (let i = 0; i < 9; i++) { balancer.started(used, i); balancer.finished(used, i, 1, false) }
    balancer.started(used, 1e7)
    balancer.finished(used, 1e7 + 0.5, 0.5, true)
    const context = new PickContext()
    context.reset(1.5, 7)
    context.tried.push(used)
    console.log(%HaveSameMap(used, fresh), %HaveSameMap(used.outlier, fresh.outlier), %HaveSameMap(context, new PickContext()))
  `
  const output = execFileSync(process.execPath, ['--allow-natives-syntax', '--input-type=module', '-e', program], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  })

  expect(output.trim()).toBe('true true true')
})
