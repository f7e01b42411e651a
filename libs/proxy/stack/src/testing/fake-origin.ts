import { fault } from '@weft/faults'
import type { Caller, Destination, Origin } from '../destination.ts'

export const fakeCaller: Caller = Object.freeze({
  identity: 'spiffe://cluster.local/ns/default/sa/web',
  workload: 'node1/default/web/1',
  security: 'none' as const,
  sourceAddress: '',
  netnsPath: '',
})

/** An origin that leads to `destination`, or nowhere. */
export function fakeOrigin(destination: Destination | null = null): Origin {
  const nowhere = fault('no_route', 'test', 'Found no destination: the test gave none')
  return { caller: fakeCaller, destination: () => destination ?? nowhere }
}
