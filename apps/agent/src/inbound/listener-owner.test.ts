import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { listeningInode, ListenerOwners } from './listener-owner.ts'

const line = (local: string, state: string, inode: number): string =>
  `   0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000     0        0 ${inode} 1 0 100 0 0 10 0\n`
const zeros = '0'.repeat(32)
const tables = {
  tcp: line('00000000:1F90', '0A', 1) + line('0501427F:1F91', '0A', 2) + line('0501427F:1F92', '01', 3),
  tcp6: line(`${zeros}:1F93`, '0A', 4) + line(`${'0'.repeat(24)}01000000:1F90`, '0A', 5),
}

test.each([
  ['127.66.1.5', 0x1f91, '2'],
  ['127.66.1.6', 0x1f91, null],
  ['127.66.1.5', 0x1f90, '1'], // on all addresses
  ['127.66.1.5', 0x1f92, null], // a connection
  ['127.0.0.1', 0x1f93, '4'], // on all of both families
  ['::1', 0x1f90, '5'],
  ['::1', 0x1f91, null],
])('the socket for %s:%i is %j', (address, port, inode) => {
  expect(listeningInode(address, port, tables)).toBe(inode)
})

test('a program is known by the secret that it was started with', async () => {
  const script = "require('net').createServer().listen(0, '0.0.0.0', function () { console.log(this.address().port) })"
  const child = spawn(process.execPath, ['-e', script], { env: { HTTP_PROXY: 'http://uid:s3cret@127.66.1.1:15080' } })
  const [port] = (await once(child.stdout, 'data')) as [Buffer]
  const owners = new ListenerOwners()

  expect(owners.isOf('127.66.1.1', Number(String(port)), 's3cret')).toBe(true)
  expect(owners.isOf('127.66.1.1', Number(String(port)), 'another'), 'another workload').toBe(false)
  expect(owners.isOf('127.66.1.1', Number(String(port)), ''), 'one without a secret').toBe(false)
  child.kill()
})
