import { describe, expect, it } from 'vitest'
import { nameOf, parseCpuMs, parseMemory, parseStatMs } from './container-use.ts'
import { type Answer, answersOf, firstEncrypted, longestGapMs } from './install.ts'
import { milliCpuOf, partFigures } from './parts.ts'
import { crowdFigures } from './crowd.ts'
import { captureTimesOf, startFigures } from './starts.ts'
import { formatNumber, median, quantile } from './statistics.ts'
import { parseRun, type Round, trafficFigures } from './traffic.ts'
import { parseWays, waysSince } from './ways.ts'

describe('statistics', () => {
  it('takes the middle, or the mean of two', () => {
    expect(median([3, 1, 2])).toBe(2)
    expect(median([4, 1, 2, 3])).toBe(2.5)
    expect(median([])).toBeNaN()
  })

  it('takes quantiles by the nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, i) => 100 - i)
    expect(quantile(hundred, 0.99)).toBe(99)
    expect(quantile([5, 7], 0.5)).toBe(5)
    expect(quantile([5, 7], 0.99)).toBe(7)
    expect(quantile([5], 0)).toBe(5)
    expect(quantile([], 0.5)).toBeNaN()
  })

  it('shows three digits', () => {
    expect([1234.5, 12.34, 1.234, 0, Number.NaN].map(formatNumber)).toEqual(['1235', '12.3', '1.23', '0.00', '–'])
  })
})

describe('what containers use', () => {
  it('reads the kernel’s files', () => {
    expect(parseCpuMs('usage_usec 12500\nuser_usec 1\n')).toBe(12.5)
    expect(() => parseCpuMs('')).toThrow('expected usage_usec')
    expect(parseMemory('Rss:            2048 kB\nPss:             512 kB\nPss_Dirty: 1 kB\n')).toEqual({
      rssMiB: 2,
      pssMiB: 0.5,
    })
    const stat = `7 (a) b (c)) S 1 7 7 0 -1 4194560 1 0 0 0 30 12 0 0 20 0 11 0 1 1 1`
    expect(parseStatMs(stat)).toBe(420)
  })

  it.each([
    ['/usr/bin/node', ['node', '--flag', '/weft/apps/agent/src/main.js', '--x'], 'supervisor'],
    ['/usr/bin/node', ['node', '/weft/apps/agent/src/worker/main.js'], 'worker'],
    ['/usr/bin/node', ['node', '/weft/apps/control-plane/src/main.js'], 'control-plane'],
    ['/weft/native/launcher', ['launcher', '/usr/bin/node', '/weft/apps/agent/src/main.js'], 'launcher'],
  ])('names %s %j', (executable, words, name) => {
    expect(nameOf(executable, words)).toBe(name)
  })

  it('adds up the processes of a container', () => {
    expect(milliCpuOf(40, 20_000)).toBe(2)
    const one = (name: string, rssMiB: number) => ({ pid: 1, name, rssMiB, pssMiB: 1, cpuMs: 0, milliCpu: 1 })
    const part = { name: 'agent', node: 'node1', groups: [] }
    const lines = partFigures([{ part, milliCpu: 3, processes: [one('supervisor', 50), one('worker', 25)] }])
    expect(lines.map(({ what, value }) => `${what}: ${value}`)).toEqual([
      'agent on node1: 75.0 MiB RSS, 2.00 MiB PSS, 3.00 mCPU',
      '– supervisor: 50.0 MiB RSS, 1.00 MiB PSS, 1.00 mCPU',
      '– worker: 25.0 MiB RSS, 1.00 MiB PSS, 1.00 mCPU',
    ])
  })
})

describe('a crowd of pods', () => {
  it('is told by what each added, on its node and on the other', () => {
    const use = (node: string, pssMiB: number) => ({
      part: { name: 'agent', node, groups: [] },
      milliCpu: 2,
      processes: [{ pid: 1, name: 'worker', rssMiB: 100, pssMiB, cpuMs: 0, milliCpu: 2 }],
    })
    const lines = crowdFigures([use('node1', 50), use('node2', 50)], [use('node1', 50.5), use('node2', 60)], 10)
    expect(lines.map(({ what, value }) => `${what}: ${value}`)).toEqual([
      'agent on node2: 100 MiB RSS, 60.0 MiB PSS, 2.00 mCPU',
      'more for each pod, agent of the other node: 51.2 KiB PSS',
      'more for each pod of its own: 1024 KiB PSS',
    ])
  })
})

describe('the first encrypted request', () => {
  const answer = (beganMs: number, endedMs: number): Answer => {
    return { target: 'a', startedMs: 0, beganMs, endedMs, inVain: 0 }
  }

  it('is the first during which HBONE passed and nothing else did', () => {
    const answers = [answer(100, 110), answer(130, 140), answer(160, 170), answer(190, 200)]
    const seen = { tunnelled: [135, 165, 195], plaintext: [105, 136] }
    expect(firstEncrypted(answers, seen, 0)?.beganMs).toBe(160)
    expect(firstEncrypted(answers, seen, 180)?.beganMs).toBe(190)
    expect(firstEncrypted(answers, { tunnelled: [], plaintext: [] }, 0)).toBeNull()
  })

  it('tells the longest time without an answer', () => {
    expect(longestGapMs([answer(0, 10), answer(20, 30), answer(90, 100)], 10)).toBe(70)
    expect(longestGapMs([], 0)).toBe(0)
  })

  it('reads whole lines only', () => {
    expect(answersOf('{"beganMs":1}\nnoise\n{"beganMs":2}\n{"bega').map(({ beganMs }) => beganMs)).toEqual([1, 2])
  })
})

describe('starts', () => {
  it('reads the agent’s log', () => {
    const log = `{"message":"pod is captured before it starts","tookMs":12.5}\n{"message":"other","tookMs":1}\n\n`
    expect(captureTimesOf(log)).toEqual([12.5])
  })

  it('compares pods in the mesh with others, and holds enrolment against its aim', () => {
    const start = (startMs: number, inVain = 0) => ({ startMs, answerMs: 10, inVain })
    const lines = startFigures({ mesh: [start(130), start(150, 2)], plain: [start(100), start(120)] }, [20, 60, 90])
    expect(lines[0]).toMatchObject({ value: '60.0 ms median, 90.0 ms p99', aim: { isMet: false } })
    expect(lines.map(({ value }) => value)).toContain('30.0 ms')
    expect(lines[4]!.value).toContain('1 of 2 asked more than once')
  })
})

describe('traffic', () => {
  const round = (p50Ms: number, cpuUs: number, errors = 0): Round => {
    const run = { operations: 1, perSecond: 1, errors, unfinished: 0, cpuMs: 0 }
    return { ...run, p50Ms, p99Ms: 2, cpuUs, agentCpuUs: cpuUs / 2 }
  }

  it('shows medians of both sides, and does not hide failures', () => {
    const mesh = [round(1, 100), round(3, 300), round(2, 200, 1)]
    const [ours, theirs] = trafficFigures('HTTP', 500, { mesh, plain: [round(0.1, 30)] }, 'mtls')
    expect(ours!.what).toBe('HTTP, 500/s: mesh (mtls)')
    expect(ours!.value).toBe('p50 2.00 ms, p99 2.00 ms, 200 µs CPU (agents 100), 1 FAILED')
    expect(theirs!.value).toBe('p50 0.10 ms, p99 2.00 ms, 30.0 µs CPU')
  })

  it('reads from metrics how it went', () => {
    const counted = (name: string, security: string, count: number, service = 'figures-mesh/server') =>
      `weft_${name}_total{direction="outbound",security="${security}",service="${service}"} ${count}`
    const before = parseWays(
      [counted('requests', 'mtls', 5), counted('requests', 'none', 1)].join('\n'),
      'figures-mesh',
    )
    const more = [counted('requests', 'mtls', 5), counted('connections_opened', 'direct', 2), 'weft_workers_ready 2']
    const after = parseWays([...more, counted('requests', 'plaintext', 9, 'other/x')].join('\n'), 'figures-mesh')
    expect([...before]).toEqual([
      ['mtls', 5],
      ['none', 1],
    ])
    expect(waysSince(before, after)).toBe('direct')
    expect(waysSince(after, after)).toBe('')
  })

  it('throws the reason for which the generator gave up', () => {
    expect(() => parseRun('{"failure":"an answer is not 200"}')).toThrow('an answer is not 200')
  })
})
