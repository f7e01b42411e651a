import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { jsonLogger } from '@weft/host'
import { afterEach, expect, test } from 'vitest'
import { SharedLoadFile } from '../workers/shared-load-file.ts'

interface Answer {
  readonly isShared: boolean
  readonly picks: readonly string[]
}

const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

async function startWorker(file: SharedLoadFile, index: number): Promise<ChildProcess> {
  const program = new URL('../testing/load-sharer.ts', import.meta.url)
  const child = fork(program, [JSON.stringify({ place: file.place, index })], { execArgv: [] })
  children.push(child)
  const [first] = (await once(child, 'message')) as [Answer]
  expect(first.isShared).toBe(true)
  return child
}

async function ask(child: ChildProcess, question: { start?: string; pick?: number }): Promise<Answer> {
  const answered = once(child, 'message')
  child.send(question)
  return ((await answered) as [Answer])[0]
}

test('a worker avoids the endpoint that another worker keeps busy, and no longer once that one has crashed', async () => {
  const file = SharedLoadFile.create(2, jsonLogger('test', 'error'))!
  const busy = await startWorker(file, 0)
  const other = await startWorker(file, 1)

  for (let i = 0; i < 3; i++) await ask(busy, { start: 'a' })
  expect(new Set((await ask(other, { pick: 50 })).picks), 'a has three under way, elsewhere').toEqual(new Set(['b']))

  const gone = once(busy, 'exit')
  busy.kill('SIGKILL')
  await gone
  file.clear(0)
  expect(new Set((await ask(other, { pick: 50 })).picks), 'both are free').toEqual(new Set(['a', 'b']))

  const successor = await startWorker(file, 0)
  await ask(other, { start: 'b' })
  expect(new Set((await ask(successor, { pick: 50 })).picks), 'the successor sees and is seen').toEqual(new Set(['a']))
  file.close()
})
