import { silentLogger, type LogFields } from '@weft/telemetry'
import { expect, test } from 'vitest'
import { LimitedLog } from './limited-log.ts'

test('LimitedLog lets ten lines of each message through and counts the rest', () => {
  const lines: [string, LogFields | undefined][] = []
  const log = new LimitedLog({ ...silentLogger, warn: (message, fields) => void lines.push([message, fields]) })

  for (let i = 0; i < 1000; i++) log.warn('refused a handshake', { remote: String(i) })
  log.warn('refused', { source: '' })

  expect(lines).toHaveLength(11)
  log.tick()
  expect(lines.slice(11), 'nothing is left out in silence').toEqual([['refused a handshake', { untold: 990 }]])
  log.tick()
  expect(lines, 'and told once').toHaveLength(12)
  log.warn('refused a handshake', { remote: 'again' })
  expect(lines.at(-1)).toEqual(['refused a handshake', { remote: 'again' }])
})
