import { seededRandom } from '@weft/time/testing'
import { defaultTrafficPolicy, type BalancerType } from '@weft/traffic'
import { bench, describe } from 'vitest'
import { Balancer } from './balancer.ts'
import { PickContext } from './endpoint.ts'
import { mix32 } from './hash.ts'

/** A pick, a start and a finish among 10,000 endpoints, each strategy against Random as the baseline. */
describe('pick among 10,000 endpoints', () => {
  const strategies: readonly BalancerType[] = ['Random', 'PeakEwma', 'LeastRequest', 'RoundRobin', 'RingHash', 'Maglev']
  for (const type of strategies) {
    const balancer = new Balancer<null>({ ...defaultTrafficPolicy, balancer: type }, seededRandom(1))
    balancer.update(Array.from({ length: 10_000 }, (_, i) => ({ key: `w${i}`, weight: 1 + (i % 3), target: null })))
    const context = new PickContext<null>()
    let i = 0
    bench(type, () => {
      context.reset(++i, mix32(i))
      const endpoint = balancer.pick(context)!
      balancer.started(endpoint, i)
      balancer.finished(endpoint, i, 1.5, true)
    })
  }
})
