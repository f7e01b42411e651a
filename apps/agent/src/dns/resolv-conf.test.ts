import { expect, test } from 'vitest'
import { parseResolvConf } from './resolv-conf.ts'

test('parseResolvConf() takes three name servers by address and passes over the rest', () => {
  const text =
    '# made by hand\nsearch example.com\nnameserver 127.0.0.53\n nameserver\t fd00::1 # second\nnameserver dns.example\nnameserver\noptions ndots:1\nnameserver 10.0.0.1\nnameserver 10.0.0.2\n'

  expect(parseResolvConf(text)).toEqual(['127.0.0.53', 'fd00::1', '10.0.0.1'].map((host) => ({ host, port: 53 })))
})
