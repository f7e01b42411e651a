import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'

const PICKS = 500_000

/**
 * What the heap grows by over half a million picks of each strategy, in octets per pick. In a process of its own, whose young
 * generation is so large that nothing is collected meanwhile: one object per pick would be at least 16 octets.
 */
function growth(world: string, random: string): Record<string, number> {
  const program = `
    import { Balancer, PickContext } from '@weft/balancer'
    let state = 7
    const seeded = () => ((state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff) / 0x80000000)
    const grown = {}
    for (const type of ['PeakEwma', 'LeastRequest', 'RoundRobin', 'Random', 'RingHash', 'Maglev']) {
      const balancer = new Balancer({ balancer: type }, ${random}, { locality: { region: 'r', zone: 'a' } })
      balancer.update(Array.from({ length: 100 }, (_, i) => ({ key: 'e' + i, weight: 1, target: null, ...(${world}) })), 0)
      for (const state of balancer.states()) {
        balancer.started(state, 0.5)
        balancer.finished(state, 2.75, 2.25, true)
      }
      const context = new PickContext()
      context.reset(3.5)
      const run = (count) => {
        for (let i = 0; i < count; i++) {
          context.hash = i
          balancer.pick(context)
        }
      }
      for (let i = 0; i < 4; i++) run(100_000)
      globalThis.gc()
      const before = process.memoryUsage().heapUsed
      run(${PICKS})
      grown[type] = (process.memoryUsage().heapUsed - before) / ${PICKS}
    }
    console.log(JSON.stringify(grown))
  `
  const flags = ['--expose-gc', '--max-semi-space-size=128', '--min-semi-space-size=128', '--input-type=module']
  const output = execFileSync(process.execPath, [...flags, '-e', program], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  })
  return JSON.parse(output) as Record<string, number>
}

const worlds = {
  alike: '{}',
  weighted: '{ weight: 1 + (i % 7) }',
  'in zones and priorities': "{ priority: i % 2, locality: { region: 'r', zone: 'ab'[i % 2] } }",
}

describe.each(Object.entries(worlds))('a pick allocates nothing, with endpoints %s', (_, world) => {
  test.each(['seeded', 'Math.random'])('and chance from %s', (random) => {
    for (const [strategy, octets] of Object.entries(growth(world, random))) expect(octets, strategy).toBeLessThan(0.5)
  })
})
