import { expect, test } from 'vitest'
import { listensExactly } from './exact-listener.ts'

const TABLE = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1 0 100 0 0 10 0
   1: 0501427F:1F91 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 2 1 0 100 0 0 10 0
   2: 0501427F:1F92 0601427F:9C40 01 00000000:00000000 00:00000000 00000000     0        0 3 1 0 100 0 0 10 0
`

test.each([
  ['127.66.1.5', 0x1f91, true],
  ['127.66.1.6', 0x1f91, false],
  ['127.66.1.5', 0x1f90, false], // somebody listens on all addresses
  ['127.66.1.5', 0x1f92, false], // a connection, not a listener
])('%s:%i %j', (address, port, expected) => {
  expect(listensExactly(address, port, TABLE)).toBe(expected)
})
