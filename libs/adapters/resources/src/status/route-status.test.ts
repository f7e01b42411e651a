import { expect, test } from 'vitest'
import { CONTROLLER_NAME, mergeRouteStatus, type RouteStatus } from './route-status.ts'

const parentRef = { group: '', kind: 'Service', name: 'cart', port: 80 } as const
const accepted = (observedGeneration: number, status: 'True' | 'False' = 'True'): RouteStatus => ({
  parents: [
    {
      parentRef,
      controllerName: CONTROLLER_NAME,
      conditions: [{ type: 'Accepted', status, reason: 'Accepted', message: 'in force', observedGeneration }],
    },
  ],
})

test('mergeRouteStatus() writes what is not there, with the time', () => {
  expect(mergeRouteStatus(undefined, accepted(1), 'T1')).toEqual({
    parents: [{ ...accepted(1).parents[0]!, conditions: [{ ...acceptedAt(1, 'T1') }] }],
  })
})

test('mergeRouteStatus() writes nothing when it stands there already, whatever the order of fields', () => {
  const written = mergeRouteStatus(undefined, accepted(1), 'T1')!
  const stored = JSON.parse(JSON.stringify(written)) as typeof written
  const reordered = { parents: stored.parents.map(({ conditions, ...rest }) => ({ conditions, ...rest })) }

  expect(mergeRouteStatus(reordered as typeof written, accepted(1), 'T2')).toBeNull()
})

test('mergeRouteStatus() keeps the time while the status of a condition stays, and not when it turns', () => {
  const written = mergeRouteStatus(undefined, accepted(1), 'T1')!

  expect(timesOf(mergeRouteStatus(written, accepted(2), 'T2')!)).toEqual(['T1'])
  expect(timesOf(mergeRouteStatus(written, accepted(2, 'False'), 'T2')!)).toEqual(['T2'])
})

test('mergeRouteStatus() leaves other controllers and conditions of other types alone', () => {
  const other = { parentRef, controllerName: 'example.com/gateway', conditions: [acceptedAt(1, 'T0')] }
  const foreign = { ...acceptedAt(1, 'T0'), type: 'example.com/Seen' }
  const ours = { parentRef, controllerName: CONTROLLER_NAME, conditions: [foreign] }

  const merged = mergeRouteStatus({ parents: [other, ours] }, accepted(1), 'T1')!

  expect(merged.parents[0]).toBe(other)
  expect(merged.parents[1]!.conditions).toEqual([acceptedAt(1, 'T1'), foreign])
})

test('mergeRouteStatus() takes out our entry for a parent that is no longer meant', () => {
  const written = mergeRouteStatus(undefined, accepted(1), 'T1')!

  expect(mergeRouteStatus(written, { parents: [] }, 'T2')).toEqual({ parents: [] })
})

test('mergeRouteStatus() does not write over what was seen at a later generation', () => {
  const written = mergeRouteStatus(undefined, accepted(7), 'T1')!

  expect(mergeRouteStatus(written, accepted(6, 'False'), 'T2')).toBeNull()
})

function acceptedAt(observedGeneration: number, lastTransitionTime: string) {
  return {
    type: 'Accepted',
    status: 'True',
    reason: 'Accepted',
    message: 'in force',
    observedGeneration,
    lastTransitionTime,
  }
}

function timesOf(status: NonNullable<ReturnType<typeof mergeRouteStatus>>): string[] {
  return status.parents.flatMap(({ conditions }) => conditions!.map(({ lastTransitionTime }) => lastTransitionTime))
}
