import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Admission, type CallerConnections } from './admission.ts'

function admitted(admission: Admission, name: string): CallerConnections {
  const caller = admission.admit(name)
  if ('code' in caller) throw new Error(caller.reason.message)
  return caller
}

test('a caller is refused beyond its share, others are not; one that leaves makes room', () => {
  const admission = new Admission(10, 2)
  const first = admitted(admission, 'a')
  admitted(admission, 'a')

  expect(admission.admit('a')).toMatchObject({ code: 'overloaded' })
  expect(admission.admit('b')).not.toHaveProperty('code')
  first.released()
  expect(admission.admit('a')).not.toHaveProperty('code')
})

test('all are refused beyond the whole', () => {
  const admission = new Admission(2, 2)
  admitted(admission, 'a')
  admitted(admission, 'b')

  expect(admission.admit('c')).toMatchObject({
    code: 'overloaded',
    reason: { message: expect.stringContaining('2 connections of all callers are open') },
  })
})

test('whatever comes and goes, the counts are those that are open', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.boolean())), (steps) => {
      const admission = new Admission(5, 3)
      const open: CallerConnections[] = []
      for (const [name, comes] of steps) {
        if (!comes) open.pop()?.released()
        else {
          const caller = admission.admit(name)
          const ofName = open.filter((one) => one.name === name).length
          expect('code' in caller).toBe(open.length === 5 || ofName === 3)
          if (!('code' in caller)) open.push(caller)
        }
        expect(admission.open).toBe(open.length)
      }
      for (const caller of open) caller.released()
      expect(admission.open).toBe(0)
    }),
  )
})
