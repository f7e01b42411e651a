import fc from 'fast-check'
import { expect, test } from 'vitest'
import { detectServerSettings } from './server-settings.ts'

const settings = (settings: number, ...more: number[]): Uint8Array =>
  Uint8Array.from([0, 0, 6 * settings, 4, 0, 0, 0, 0, 0, ...more])

test('detectServerSettings() knows the SETTINGS that servers of HTTP/2 begin with', () => {
  expect(detectServerSettings(settings(0))).toBe('http2')
  expect(detectServerSettings(settings(1, 0, 5, 0, 0, 64, 0))).toBe('http2')
  expect(detectServerSettings(settings(3, 0, 3))).toBe('http2')
})

test('detectServerSettings() never changes its answer as octets are added', () => {
  const whole = settings(1, 0, 5, 0, 0, 64, 0)
  for (let cut = 0; cut < 9; cut++) expect(detectServerSettings(whole.subarray(0, cut))).toBe('more')
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 20 }), fc.uint8Array({ maxLength: 20 }), (first, rest) => {
      const early = detectServerSettings(first)
      if (early !== 'more') expect(detectServerSettings(Uint8Array.from([...first, ...rest]))).toBe(early)
    }),
  )
})

test.each([
  ['SSH', Buffer.from('SSH-2.0-OpenSSH_9.2\r\n')],
  ['SMTP', Buffer.from('220 mail ESMTP\r\n')],
  ['MySQL', Buffer.from('\x4a\0\0\0\x0a8.0.30\0', 'latin1')],
  ['MariaDB that refuses', Buffer.from('\x06\0\0\x04\xff\x15\x04', 'latin1')],
  ['RFB', Buffer.from('RFB 003.008\n')],
  ['an acknowledgement of SETTINGS', Buffer.from([0, 0, 0, 4, 1, 0, 0, 0, 0])],
  ['SETTINGS of a stream', Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 1])],
  ['half a setting', Buffer.from([0, 0, 5, 4, 0, 0, 0, 0, 0])],
  ['a frame that is too large', Buffer.from([1, 0, 2, 4, 0, 0, 0, 0, 0])],
])('detectServerSettings() takes the greeting of %s for no HTTP/2', (_, greeting) => {
  expect(detectServerSettings(greeting)).toBe('other')
})
