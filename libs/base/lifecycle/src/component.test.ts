import { describe, expect, test } from 'vitest'
import { Lifecycle, type Component } from './component.ts'

function recorder(events: string[], name: string, trouble: 'none' | 'start' | 'drain' = 'none'): Component {
  return {
    async start() {
      events.push(`start ${name}`)
      if (trouble === 'start') throw new Error(`${name} cannot start`)
    },
    async drain(deadlineMs) {
      events.push(`drain ${name} by ${deadlineMs}`)
      if (trouble === 'drain') throw new Error(`${name} hangs`)
    },
    stop() {
      events.push(`stop ${name}`)
    },
    async [Symbol.asyncDispose]() {
      this.stop()
    },
  }
}

describe('Lifecycle', () => {
  test('starts in order, drains and stops in reverse', async () => {
    const events: string[] = []
    const lifecycle = new Lifecycle([recorder(events, 'a'), recorder(events, 'b')])

    await lifecycle.start()
    await lifecycle.drain(7)
    lifecycle.stop()
    lifecycle.stop()

    expect(events).toEqual(['start a', 'start b', 'drain b by 7', 'drain a by 7', 'stop b', 'stop a'])
  })

  test('stops what was started when one cannot, and hands the reason up', async () => {
    const events: string[] = []
    const lifecycle = new Lifecycle([recorder(events, 'a'), recorder(events, 'b', 'start'), recorder(events, 'c')])

    await expect(lifecycle.start()).rejects.toThrow('b cannot start')

    expect(events).toEqual(['start a', 'start b', 'stop b', 'stop a'])
  })

  test('stops all when one cannot drain', async () => {
    const events: string[] = []
    const lifecycle = new Lifecycle([recorder(events, 'a'), recorder(events, 'b', 'drain')])
    await lifecycle.start()

    await expect(lifecycle.drain(7)).rejects.toThrow('drain failed: b hangs')

    expect(events.slice(2)).toEqual(['drain b by 7', 'stop b', 'stop a'])
  })

  test('stops when disposed of', async () => {
    const events: string[] = []
    {
      await using lifecycle = new Lifecycle([recorder(events, 'a')])
      await lifecycle.start()
    }

    expect(events).toEqual(['start a', 'stop a'])
  })
})
