import { loadConfig } from '@weft/config'
import { defaultHttp1Limits } from '@weft/http1'
import { defaultHttp2Limits } from '@weft/http2'
import { describe, expect, test } from 'vitest'
import { defaultHttpLimits, httpLimitsOf, httpSettings, settingName } from './index.ts'

function limitsBy(...argv: string[]) {
  return httpLimitsOf(loadConfig(httpSettings, argv, {}, 'WEFT_X'))
}

/** Of both versions, so of neither table. */
const ofBothVersions = ['bodyTimeoutMs', 'bodyBytesMin', 'stallTimeoutMs', 'stallBytesMin']

describe('httpLimitsOf()', () => {
  test('without flags gives the defaults', () => {
    expect(limitsBy()).toEqual(defaultHttpLimits)
  })

  test('every limit of either version has a setting', () => {
    const http1 = Object.keys(defaultHttp1Limits).map((limit) => settingName('http1', limit))
    const http2 = Object.keys(defaultHttp2Limits).filter((limit) => !ofBothVersions.includes(limit))
    const wanted = [...http1, ...http2.map((limit) => settingName('http2', limit))]

    expect(wanted.filter((name) => !(name in httpSettings))).toEqual([])
  })

  test.each(Object.keys(defaultHttp1Limits))('a flag sets %s of HTTP/1 and nothing else', (limit) => {
    const { defaultValue } = httpSettings[settingName('http1', limit) as keyof typeof httpSettings]
    const limits = limitsBy(`--${kebab(settingName('http1', limit))}`, String(defaultValue! + 1))

    const http1Limits = { ...defaultHttp1Limits, [limit]: defaultValue! + 1 }
    expect(limits).toEqual({ ...defaultHttpLimits, http1Limits })
  })

  test('a stall holds for both versions', () => {
    const limits = limitsBy('--http-body-timeout', '2s', '--http-reader-timeout', '3s')

    expect([limits.bodyTimeoutMs, limits.http2Limits.bodyTimeoutMs]).toEqual([2_000, 2_000])
    expect([limits.readerTimeoutMs, limits.http2Limits.stallTimeoutMs]).toEqual([3_000, 3_000])
  })

  test('what is out of bounds is refused, all of it in one message', () => {
    const argv = ['--http2-streams-max', '0', '--http1-head-bytes-max', '64k', '--http-body-timeout', '10ms']

    expect(() => limitsBy(...argv)).toThrow(
      [
        '--http-body-timeout: found "10ms", expected a duration from 1s to 1h, or 0s for never',
        '--http1-head-bytes-max: found "64k", expected a whole number from 256 to 1048576',
        '--http2-streams-max: found "0", expected a whole number from 1 to 10000',
      ].join('\n'),
    )
  })
})

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}
