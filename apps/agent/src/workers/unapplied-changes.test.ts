import { FakeClock } from '@weft/time/testing'
import { beforeEach, expect, test } from 'vitest'
import type { ResourcesMessage } from '../worker/messages.ts'
import { UnappliedChanges } from './unapplied-changes.ts'

let clock: FakeClock
let changes: UnappliedChanges<string>
let log: string[]

beforeEach(() => {
  clock = new FakeClock(false)
  changes = new UnappliedChanges(clock)
  log = []
})

const change = (revision: number, policyRevision = 1): ResourcesMessage => ({
  type: 'resources',
  revision,
  policyRevision,
  upserts: [],
  removals: [],
})

async function sent(message: ResourcesMessage, ...workers: string[]): Promise<void> {
  void changes.wait(message, workers).then(
    () => log.push(`${message.revision} applied`),
    (error: Error) => log.push(`${message.revision} ${error.message}`),
  )
  await Promise.resolve()
}

async function logged(): Promise<string[]> {
  for (let i = 0; i < 4; i++) await Promise.resolve()
  return log
}

test('a change is applied once every worker has it, or a later one, in force; one that is gone is not waited for', async () => {
  await sent(change(5), 'a', 'b', 'c')
  changes.applied('a', { revision: 5, policyRevision: 1 })
  changes.applied('b', { revision: 4, policyRevision: 1 })
  changes.applied('b', { revision: 9, policyRevision: 0 })
  changes.gone('c')
  expect(await logged()).toEqual([])

  changes.applied('b', { revision: 9, policyRevision: 2 })
  expect(await logged()).toEqual(['5 applied'])
  expect([...changes.messages()]).toEqual([])
})

test('where there is no worker a change is applied', async () => {
  await sent(change(5))
  expect(await logged()).toEqual(['5 applied'])
})

test('a refusal ends all that wait, and a worker that comes meanwhile is told of them in order', async () => {
  await sent(change(5), 'a')
  await sent(change(6), 'a')
  expect([...changes.messages()].map(({ revision }) => revision)).toEqual([5, 6])

  changes.refused('a route without a name')
  expect(await logged()).toEqual(['5 a route without a name', '6 a route without a name'])
})

test('a change that nobody answers is given up after ten seconds', async () => {
  await sent(change(5), 'a')
  clock.advance(10_001)
  expect(await logged()).toEqual(['5 workers did not apply revision 5 within 10 s'])
})
