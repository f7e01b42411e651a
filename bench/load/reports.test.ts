import { describe, expect, it } from 'vitest'
import { parseH2load } from './parse-h2load.ts'
import { parseOwn } from './parse-own.ts'
import { parseWrk } from './parse-wrk.ts'

const wrk = (more: string): string => `Running 2s test @ http://127.0.0.1:21020/api/items
  1 threads and 32 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     2.51ms    3.07ms  31.04ms   88.02%
    Req/Sec    20.01k     2.30k   24.10k    70.00%
  39830 requests in 2.00s, 10.52MB read
${more}Requests/sec:  19907.33
Transfer/sec:      5.26MB
`

describe('wrk', () => {
  it('counts requests', () => {
    expect(parseWrk(wrk(''))).toMatchObject({ operations: 39_830, perSecond: 19_907.33, errors: 0 })
  })

  it('counts every kind of error', () => {
    const more = '  Socket errors: connect 1, read 2, write 3, timeout 4\n  Non-2xx or 3xx responses: 5\n'
    expect(parseWrk(wrk(more)).errors).toBe(15)
  })

  it('says what it found instead', () => {
    expect(() => parseWrk('unable to connect to 127.0.0.1:21020')).toThrow('unable to connect')
  })
})

describe('h2load', () => {
  const report = (counts: string): string => `finished in 2.00s, 31488.50 req/s, 4.98MB/s
requests: 62977 total, 63041 started, ${counts}
status codes: 62977 2xx, 0 3xx, 0 4xx, 0 5xx
`

  it('counts requests that are done', () => {
    const text = report('62977 done, 62977 succeeded, 0 failed, 0 errored, 0 timeout')
    expect(parseH2load(text)).toMatchObject({ operations: 62_977, perSecond: 31_488.5, errors: 0 })
  })

  it('counts failures once and timeouts besides', () => {
    expect(parseH2load(report('10 done, 3 succeeded, 7 failed, 2 errored, 4 timeout')).errors).toBe(11)
  })

  it('says what it found instead', () => {
    expect(() => parseH2load('could not connect to host')).toThrow('could not connect')
  })
})

describe('our own generator', () => {
  it('reads its line', () => {
    const line =
      '{"operations":10,"perSecond":5.0,"errors":1,"unfinished":2,"seconds":2,"p50Ms":0.1,"p99Ms":0.2,"p999Ms":0.3}'
    expect(parseOwn(line)).toMatchObject({ operations: 10, errors: 1, unfinished: 2, p999Ms: 0.3 })
  })

  it('throws the reason for which it gave up', () => {
    expect(() => parseOwn('{"failure":"an answer is not 200"}')).toThrow('an answer is not 200')
    expect(() => parseOwn('')).toThrow('expected one line of JSON')
  })
})
