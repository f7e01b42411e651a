import { expect, test } from 'vitest'
import { readGreeting, readRequest, readUserPassword } from './socks5.ts'

test.each([
  ['greeting', readGreeting, Buffer.of(5, 2, 0, 2), true],
  [
    'user and password',
    readUserPassword,
    Buffer.from('\x01\x04user\x02pw', 'latin1'),
    { user: 'user', password: 'pw' },
  ],
  ['IPv4', readRequest, Buffer.of(5, 1, 0, 1, 198, 19, 0, 1, 0, 80), { command: 1, host: '198.19.0.1', port: 80 }],
  [
    'name',
    readRequest,
    Buffer.from('\x05\x01\x00\x03\x04cart\x1f\x90', 'latin1'),
    { command: 1, host: 'cart', port: 8080 },
  ],
  [
    'IPv6',
    readRequest,
    Buffer.of(5, 1, 0, 4, 0xfd, 0x77, 0x65, 0x66, 0x74, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x11, 0, 80),
    { command: 1, host: 'fd77:6566:7400::11', port: 80 },
  ],
] as const)('a whole message of kind %s is read, and no part of one', (_, read, message, value) => {
  expect(read(message)).toEqual({ value, octets: message.length })
  expect(read(Buffer.concat([message, Buffer.of(1)])), 'what follows is left').toMatchObject({ octets: message.length })
  for (let cut = 0; cut < message.length; cut++) expect(read(message.subarray(0, cut))).toBe('more')
})

test('what is no such message is refused', () => {
  expect(readGreeting(Buffer.of(4, 1))).toBe('bad')
  expect(readUserPassword(Buffer.of(2, 1))).toBe('bad')
  expect(readRequest(Buffer.of(5, 1, 0, 9, 0))).toBe('bad')
})
