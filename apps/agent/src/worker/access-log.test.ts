import { fault } from '@weft/faults'
import { silentLogger, type LogFields } from '@weft/telemetry'
import { FakeClock } from '@weft/time/testing'
import { expect, test } from 'vitest'
import { AccessLog } from './access-log.ts'
import { LimitedLog } from './limited-log.ts'

function accessLog(isEnabled: boolean) {
  const lines: LogFields[] = []
  const log = { ...silentLogger, warn: (_: string, fields: LogFields = {}) => void lines.push(fields) }
  return { log: new AccessLog(log, new LimitedLog(log), new FakeClock(), isEnabled), lines }
}

test.each(['plaintext_refused', 'denied', 'overloaded'] as const)(
  'a refusal as %s is told without the log being on, and says where the caller is',
  (code) => {
    const { log, lines } = accessLog(false)

    log.refused('inbound', '', '198.18.7.9:40123', 'default/cart', fault(code, 'authz', 'why'))

    expect(lines).toMatchObject([{ remote: '198.18.7.9:40123', service: 'default/cart', fault: code, why: 'why' }])
  },
)

test('other refusals are told when it is on', () => {
  const refusal = fault('no_route', 'route', 'why')
  for (const isEnabled of [false, true]) {
    const { log, lines } = accessLog(isEnabled)
    log.refused('outbound', 'spiffe://a', '127.0.0.1:1', '', refusal)
    expect(lines).toHaveLength(isEnabled ? 1 : 0)
  }
})
