import { expect, test } from 'vitest'
import { parseCniRequest } from './cni-request.ts'

const request = {
  version: 1,
  command: 'ADD',
  container: 'c0ffee',
  netns: '/run/netns/cni-1',
  netnsFd: 3,
  interface: 'eth0',
  namespace: 'shop',
  pod: 'cart',
  uid: '3a4b',
  result: { ips: [{ address: 'fd00::3/64' }, { address: '10.1.2.3/24', interface: 2 }, { gateway: 'x' }, null] },
}

test('a request is read, IPv4 first', () => {
  expect(parseCniRequest(JSON.stringify(request))).toEqual({
    command: 'ADD',
    container: 'c0ffee',
    netnsFd: 3,
    namespace: 'shop',
    pod: 'cart',
    uid: '3a4b',
    addresses: ['10.1.2.3', 'fd00::3'],
  })
  expect(parseCniRequest(JSON.stringify({ ...request, result: null })).addresses).toEqual([])
})

test.each([
  ['{', 'expected an object of JSON'],
  ['[]', 'expected an object of JSON'],
  [JSON.stringify({ ...request, version: 2 }), 'found 2, expected 1'],
  [JSON.stringify({ ...request, command: 'GC' }), 'found "GC", expected ADD, CHECK or DEL'],
  [JSON.stringify({ ...request, netnsFd: '3' }), 'found "3", expected a descriptor'],
  [JSON.stringify({ ...request, pod: '' }), 'found "shop/", expected a namespace and a name'],
  [JSON.stringify({ ...request, uid: undefined }), 'found undefined, expected a text'],
])('%s is refused', (text, message) => {
  expect(() => parseCniRequest(text)).toThrow(message)
})
