import { describe, expect, it } from 'vitest'
import { below, figure, reportMarkdown, reportText } from './report.ts'
import { readOptions } from './options.ts'

const report = {
  about: 'Then, there.',
  chapters: [
    { title: 'One', how: 'Thus.', figures: [figure('short', '1 ms', below(1, 5, 'ms')), figure('longer name', '2')] },
    { title: 'Two', how: 'So.', figures: [figure('slow', '9 ms', below(9, 5, 'ms'))] },
  ],
}

describe('report', () => {
  it('is a table for a terminal, each figure beside its aim and below it how it was taken', () => {
    expect(reportText(report)).toBe(`Then, there.

One
  short        1 ms  < 5 ms: met
  longer name  2
  (Thus.)

Two
  slow         9 ms  < 5 ms: MISSED
  (So.)
`)
  })

  it('is markdown as prettier lays it out', () => {
    const text = reportMarkdown(report)
    expect(text).toContain(`## One

|             | figure | aim         |
| ----------- | ------ | ----------- |
| short       | 1 ms   | < 5 ms: met |
| longer name | 2      |             |

Thus.

## Two
`)
    expect(text.endsWith('\n\nSo.\n')).toBe(true)
  })
})

describe('options', () => {
  it('measures everything, in its order', () => {
    expect(readOptions([]).only).toEqual(['images', 'install', 'parts', 'starts', 'readiness', 'traffic'])
    expect(readOptions(['--only', 'traffic', '--only', 'parts', '--rounds', '5'])).toMatchObject({
      only: ['parts', 'traffic'],
      rounds: 5,
    })
  })

  it.each([
    [['--only', 'trafic'], 'expected images, install'],
    [['--rounds', '0'], 'expected 1 to 100'],
    [['--record', '--only', 'parts'], 'expected a whole run'],
  ])('refuses %j', (args, expected) => {
    expect(() => readOptions(args)).toThrow(expected)
  })
})
