import { HeaderList } from '@weft/message'
import { expect, test } from 'vitest'
import { dropForHttp2, joinCookies } from './translate.ts'

test('dropForHttp2() leaves what HTTP/2 carries, in order and in its case', () => {
  const headers = new HeaderList([
    'Host',
    'a',
    'Accept',
    '*/*',
    'CONNECTION',
    'close',
    'keep-alive',
    '5',
    'TE',
    'trailers',
    'Content-Length',
    '5',
    'Upgrade',
    'x',
    'Transfer-Encoding',
    'chunked',
    'X',
    'y',
  ])

  dropForHttp2(headers)

  expect(headers.flat).toEqual(['Accept', '*/*', 'TE', 'trailers', 'Content-Length', '5', 'X', 'y'])
})

test('joinCookies() makes one field of several, at the place of the first', () => {
  const headers = new HeaderList(['cookie', 'a=b', 'x', 'y', 'cookie', 'c=d'])

  joinCookies(headers)

  expect(headers.flat).toEqual(['cookie', 'a=b; c=d', 'x', 'y'])
})
