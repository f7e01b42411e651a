import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { loopbackUser, userOf } from './loopback-user.ts'

const server = { address: '127.0.0.1', port: 15011 }
const line = (local: string, remote: string, state: string, uid: number, inode: number): string =>
  `   0: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000  ${uid}        0 ${inode} 1 0 20 4 30 10 -1\n`

test('the user is that of the socket with the same two ends, of the many in the table', () => {
  const table =
    line('0100007F:3AA3', '0100007F:9C40', '01', 0, 7) + // the server's own end
    line('0100007F:9C41', '0100007F:3AA3', '01', 1001, 8) +
    line('0100007F:9C40', '0100007F:3AA3', '01', 1000, 9)

  expect(userOf(table, { address: '127.0.0.1', port: 40000 }, server, false)).toBe(1000)
  expect(userOf(table, { address: '127.0.0.1', port: 40002 }, server, false)).toBeNull()
})

test.each([
  ['in TIME_WAIT', '06', 0],
  ['closed by its program', '01', 0],
  ['half closed', '05', 9],
])('a socket %s is nobody’s, though the kernel shows root', (_, state, inode) => {
  const table = line('0100007F:9C40', '0100007F:3AA3', state, 0, inode)

  expect(userOf(table, { address: '127.0.0.1', port: 40000 }, server, false)).toBeNull()
})

test('IPv6 and IPv4 in mapped form are found in the wide table', () => {
  const loopback = '00000000000000000000000001000000'
  const mapped = '0000000000000000FFFF00000100007F'
  const table =
    line(`${loopback}:9C40`, `${loopback}:3AA3`, '01', 5, 1) + line(`${mapped}:9C41`, `${mapped}:3AA3`, '01', 6, 2)
  const six = { address: '::1', port: 15011 }

  expect(userOf(table, { address: '::1', port: 40000 }, six, true)).toBe(5)
  expect(userOf(table, { address: '127.0.0.1', port: 40001 }, server, true)).toBe(6)
  expect(userOf(table, { address: '198.18.0.1', port: 40001 }, server, true), 'not over loopback').toBeNull()
})

test.each(['127.0.0.1', '::1'])('loopbackUser() of a connection of our own over %s is us', async (host) => {
  const listener = createServer().listen(0, host)
  await once(listener, 'listening')
  const client = connect((listener.address() as AddressInfo).port, host)
  const [accepted] = (await once(listener, 'connection')) as [Socket]

  expect(await loopbackUser(accepted)).toBe(process.getuid!())
  client.destroy()
  accepted.destroy()
  listener.close()
})
