import { expect, test } from 'vitest'
import { PrefixedChannel } from './index.ts'
import { memoryPair, Recorder } from './testing/index.ts'

const text = (value: string): Uint8Array => Buffer.from(value)

test('PrefixedChannel gives what was looked at, then what follows, then the end', async () => {
  const [far, near] = memoryPair()
  far.handler = new Recorder()
  near.pause()
  const channel = new PrefixedChannel(near, [text('GET '), text('/')])
  const recorder = new Recorder()
  channel.handler = recorder
  far.write(text(' HTTP/1.1'))
  far.end()

  await recorder.until(() => recorder.ended)

  expect(recorder.text).toBe('GET / HTTP/1.1')
})

test('PrefixedChannel holds the prefix while it is paused', async () => {
  const [, near] = memoryPair()
  near.pause()
  const channel = new PrefixedChannel(near, [text('a')], true)
  const recorder = new Recorder()
  channel.handler = recorder
  channel.pause()
  await Promise.resolve()
  await Promise.resolve()
  expect(recorder.text, 'nothing while paused').toBe('')

  channel.resume()
  await recorder.until(() => recorder.ended)

  expect(recorder.text).toBe('a')
})
