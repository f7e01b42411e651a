import { expect, test } from 'vitest'
import { isForeignLine } from './index.ts'

test.each([
  ['PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n', true],
  ['INVALID CONNECTION PREFACE\r\n\r\n', true],
  ['one two three\n', true],
  ['INVALID CONNECTION PREFACE', false],
  ['GET / HTTP/1.1\r\n', false],
  ['GET / HTTP/1.1x\r\n', false],
  ['GET / FTP/1.1\r\n', false],
  ['GET / HTTP\r\n', false],
  ['GET /\r\n', false],
  ['GET\r\n', false],
  ['GET  / HTTP/1.1\r\n', false],
  ['OPTIONS * X\r\n', false],
  ['CONNECT host:1 X\r\n', false],
  ['GET x HTTP/1.1\r\n', false],
  ['a b\r\n', false],
  ['\x16\x03\x01 a b\n', false],
  ['', false],
])('isForeignLine(%j) is %s', (text, expected) => {
  expect(isForeignLine(Buffer.from(text, 'latin1'))).toBe(expected)
})
