import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DETECT_BYTES_MAX, detectProtocol } from './detect.ts'

const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1')

const cases: readonly (readonly [name: string, octets: string, protocol: string])[] = [
  ['a GET', 'GET / HTTP/1.1\r\n', 'http1'],
  ['a GET without its line end', 'GET /a?b HTTP/1.', 'http1'],
  ['HTTP/1.0', 'GET / HTTP/1.0\r\n', 'http1'],
  ['an absolute form', 'GET http://a/ HTTP/1.1\r\n', 'http1'],
  ['a CONNECT', 'CONNECT a:443 HTTP/1.1\r\n', 'http1'],
  ['a method of its own', 'M-SEARCH * HTTP/1.1\r\n', 'http1'],
  ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04', 'http2'],
  ['half the preface', 'PRI * HTTP/2.0\r\n', 'more'],
  ['a preface gone wrong', 'PRI * HTTP/2.0\r\n\r\nSM\r\nX', 'other'],
  ['a ClientHello', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 'tls'],
  ['the start of a ClientHello', '\x16\x03\x01', 'more'],
  ['a TLS alert', '\x15\x03\x01\x00\x02\x01\x00', 'other'],
  ['a ServerHello', '\x16\x03\x03\x00\x50\x02', 'other'],
  ['a record of SSL 2 numbers', '\x16\x02\x00', 'other'],
  ['a record too large', '\x16\x03\x01\xff\xff\x01', 'other'],
  ['an empty record', '\x16\x03\x01\x00\x00\x01', 'other'],
  ['nothing', '', 'more'],
  ['half a method', 'GE', 'more'],
  ['a method and a target', 'GET /', 'more'],
  ['HTTP/0.9', 'GET /\r\n', 'other'],
  ['HTTP/2.0 in a request line', 'GET / HTTP/2.0\r\n', 'other'],
  ['redis inline PING', 'PING\r\n', 'other'],
  ['redis inline GET', 'GET key\r\n', 'other'],
  ['redis inline SET', 'SET key value\r\n', 'other'],
  ['redis RESP', '*1\r\n$4\r\nPING\r\n', 'other'],
  ['memcached', 'get some_key\r\n', 'other'],
  ['memcached with an LF alone', 'get k\n', 'other'],
  ['SMTP', 'EHLO mail.example.com\r\n', 'other'],
  ['SSH', 'SSH-2.0-OpenSSH_9.6\r\n', 'other'],
  ['IMAP', 'a1 LOGIN user pw\r\n', 'other'],
  ['FTP', 'USER anonymous\r\n', 'other'],
  ['NATS', 'CONNECT {"verbose":false}\r\n', 'other'],
  ['RTSP', 'OPTIONS rtsp://a RTSP/1.0\r\n', 'other'],
  ['SIP', 'INVITE sip:a SIP/2.0\r\n', 'other'],
  ['PostgreSQL asking for TLS', '\0\0\0\x08\x04\xd2\x16\x2f', 'other'],
  ['MongoDB', '\x3a\0\0\0\x01\0\0\0', 'other'],
  ['an empty line first', '\r\nGET / HTTP/1.1\r\n', 'http1'],
  ['an empty line alone', '\r\n', 'more'],
  ['two empty lines', '\r\n\r\nGET / HTTP/1.1\r\n', 'other'],
  ['an empty line before another protocol', '\r\nEHLO a\r\n', 'other'],
  ['a space first', ' GET / HTTP/1.1\r\n', 'other'],
  ['a tab for a space', 'GET\t/ HTTP/1.1\r\n', 'other'],
  ['two spaces', 'GET  / HTTP/1.1\r\n', 'http1'],
  ['a target with a space', 'GET /a b HTTP/1.1\r\n', 'http1'],
  ['a target beyond ASCII', 'GET /\xe9 HTTP/1.1\r\n', 'http1'],
  ['a control in a target', 'GET /\x01 HTTP/1.1\r\n', 'other'],
  ['a method too long', `${'A'.repeat(33)} / HTTP/1.1\r\n`, 'other'],
  ['a target too long', `GET /${'a'.repeat(DETECT_BYTES_MAX)}`, 'other'],
]

describe('detectProtocol()', () => {
  test.each(cases)('tells %s', (_, octets, protocol) => {
    expect(detectProtocol(latin1(octets))).toBe(protocol)
  })

  test.each(cases)('never changes its mind as %s comes octet by octet', (_, octets) => {
    const bytes = latin1(octets)
    const answers = new Set<string>()
    for (let length = 0; length <= bytes.length; length++) {
      const answer = detectProtocol(bytes.subarray(0, length))
      if (answer === 'more') expect(answers.size, 'an answer that was given stays').toBe(0)
      else answers.add(answer)
    }

    expect(answers.size).toBeLessThanOrEqual(1)
  })

  test('has an answer for anything after a line feed, and past its limit', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (octets) => {
        // Only a TLS record and the preface of HTTP/2 have line feeds before an answer.
        fc.pre(octets[0] !== 0x16)
        expect(detectProtocol(Buffer.concat([octets, Buffer.from('\n')]))).not.toBe('more')
        const long = new Uint8Array(DETECT_BYTES_MAX).fill(0x41)
        long.set(octets)
        expect(detectProtocol(long)).not.toBe('more')
      }),
    )
  })
})
