import type { Upstream } from '@weft/stack'
import { expect, test } from 'vitest'
import { GoneUpstreams } from './gone-upstreams.ts'

function upstream(workload: string, hbonePort: number): Upstream {
  return { workload, address: '198.18.5.1', hbonePort } as Upstream
}

test('the agent of a workload that is gone is doubted; that of one that only left a service is not', () => {
  const doubted: string[] = []
  const retired: Upstream[] = []
  const gone = new GoneUpstreams({
    outboundPools: { retire: (upstreams: readonly Upstream[]) => void retired.push(...upstreams) } as never,
    hbone: { doubt: (host: string, port: number) => void doubted.push(`${host}:${port}`) } as never,
  })
  const snapshot = { workload: (uid: string) => (uid === 'stays' ? ({ uid } as never) : null) }

  gone.take([upstream('stays', 15008), upstream('gone', 15008), upstream('outside', 0)])
  expect(doubted, 'not before the snapshot without it is in force').toEqual([])
  gone.look(snapshot)
  gone.look(snapshot)

  expect(retired).toHaveLength(3)
  expect(doubted).toEqual(['198.18.5.1:15008'])
})
