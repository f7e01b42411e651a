import { describe, expect, test } from 'vitest'
import { treeOf } from '../testing.ts'
import type { Problem } from '../tree.ts'
import { checkChangelog } from './changelog.ts'
import { describeApp } from './config-docs.ts'
import { checkDecisions } from './decisions.ts'
import { checkFaultDocs } from './fault-docs.ts'
import { checkFileLength } from './file-length.ts'
import { checkIndexHeader } from './index-header.ts'
import { checkLinks } from './links.ts'
import { checkMetricDocs } from './metric-docs.ts'
import { checkNames } from './names.ts'
import { checkSpdx } from './native-sources.ts'
import { checkPackages } from './packages.ts'
import { checkPrivatePlaces } from './private-places.ts'

/** Each problem as it is printed. */
function told(problems: readonly Problem[]): string[] {
  return problems.map(({ file, line, message }) => `${file}:${line} ${message}`)
}

test('checkFileLength() refuses 401 lines, unless a reason is given', () => {
  const long = 'x\n'.repeat(401)
  const tree = treeOf({
    'a.ts': 'x\n'.repeat(400),
    'b.ts': long,
    'c.ts': `// tidy: long because it is one table\n${long}`,
    'd.test.ts': long,
    'e.md': long,
  })

  expect(told(checkFileLength(tree))).toEqual([expect.stringMatching(/^b\.ts:0 401 lines/)])
})

test('checkNames() refuses words that say nothing, and other cases', () => {
  const tree = treeOf({
    'libs/a/utils/x.ts': '',
    'libs/a/string-helpers.ts': '',
    'libs/a/PoolManager.ts': '',
    'libs/a/commonplace.ts': '',
    'libs/a/read-head.test.ts': '',
    'native/mesh_maps.h': '',
    'native/mesh-maps.h': '',
    'docs/common.md': '',
  })

  expect(told(checkNames(tree))).toEqual([
    expect.stringContaining('"PoolManager.ts": expected kebab-case'),
    expect.stringContaining('"helpers" in the name'),
    expect.stringContaining('"utils" in the name'),
    expect.stringContaining('"mesh-maps.h": expected snake_case'),
  ])
})

test('checkIndexHeader() wants the three lines at the top of a library', () => {
  const good = '// What it is.\n// Not here: that.\n// Start with a.ts.\n'
  const tree = treeOf({
    'libs/base/a/src/index.ts': good,
    'libs/base/b/src/index.ts': "export * from './b.ts'\n",
    'libs/base/c/src/index.ts': '// What it is.\n// And more.\n// Start with a.ts.\n',
    'apps/a/src/index.ts': '',
    'libs/base/a/src/testing/index.ts': '',
  })

  expect(checkIndexHeader(tree).map(({ file, line }) => `${file}:${line}`)).toEqual([
    'libs/base/b/src/index.ts:1',
    'libs/base/c/src/index.ts:2',
  ])
})

describe('checkPackages()', () => {
  const manifest = {
    name: '@weft/a',
    license: 'Apache-2.0',
    exports: { '.': './src/index.ts' },
    nx: { tags: ['layer:base', 'plane:shared', 'runtime:any'], targets: { lint: {} } },
  }
  const problemsOf = (folder: string, changes: object): string[] =>
    told(
      checkPackages(
        treeOf({
          [`${folder}/package.json`]: JSON.stringify({ ...manifest, ...changes }),
          [`${folder}/src/index.ts`]: '',
        }),
      ),
    )

  test('passes a whole one', () => {
    expect(problemsOf('libs/base/a', {})).toEqual([])
  })

  test.each([
    ['libs/codec/a', {}, 'expected layer:codec, the folder'],
    [
      'libs/base/a',
      { nx: { ...manifest.nx, tags: ['layer:base', 'runtime:any'] } },
      'expected plane:data|control|shared',
    ],
    ['libs/base/a', { nx: { ...manifest.nx, targets: {} } }, 'nx.targets: expected lint'],
    ['libs/base/a', { license: 'MIT' }, 'license "MIT"'],
    ['libs/base/a', { name: 'a' }, 'expected @weft/…'],
    ['libs/base/a', { exports: { './deep': './src/index.ts' } }, 'expected "." and "./testing" only'],
    ['libs/base/a', { exports: { './testing': './src/testing/index.ts' } }, 'src/testing/index.ts does not exist'],
  ])('refuses %s with %j', (folder, changes, expected) => {
    expect(problemsOf(folder, changes)).toEqual([expect.stringContaining(expected)])
  })
})

test('checkPrivatePlaces() finds paths of one machine and registries', () => {
  const home = ['', 'home', 'someone', 'weft'].join('/')
  const tree = treeOf({
    'a.md': `see ${home}\n`,
    'b.ts': `const x = '${['', 'root', '.cache'].join('/')}'\n`,
    'c.json': `"https://${'registry'}.example.org/x"\n`,
    'fine.sh': 'cd "$HOME/x"; ls /var/lib/weft /tmp/x libs/home/x\n',
  })

  expect(checkPrivatePlaces(tree).map(({ file }) => file)).toEqual(['a.md', 'b.ts', 'c.json'])
})

test('checkDecisions() wants a number once, the title and the four headings', () => {
  const record = (number: string): string =>
    `# ${number}: Title\n\n**Context.** a\n\n**Decision.** b\n\n## Consequences\n\n**Revisit when** d.\n`
  const tree = treeOf({
    'docs/decisions/0001-fine.md': record('0001'),
    'docs/decisions/0002-one.md': record('0002'),
    'docs/decisions/0002-two.md': record('0002'),
    'docs/decisions/0003-title.md': record('0004'),
    'docs/decisions/0005-order.md': record('0005').replace('Consequences', 'Outcome'),
    'docs/decisions/six.md': record('0006'),
  })

  expect(told(checkDecisions(tree))).toEqual([
    expect.stringContaining('0002-two.md:0 number 0002 is taken by docs/decisions/0002-one.md'),
    expect.stringContaining('0003-title.md:1 title'),
    expect.stringContaining('0005-order.md:0 headings Context, Decision, Revisit when: expected Context'),
    expect.stringContaining('six.md:0 name'),
  ])
})

test('checkChangelog() wants Unreleased first and the six headings', () => {
  expect(checkChangelog(treeOf({}))).toHaveLength(1)
  expect(
    checkChangelog(treeOf({ 'CHANGELOG.md': '## [Unreleased]\n### Added\n## [1.0.0] - 2026-01-31\n### Fixed\n' })),
  ).toEqual([])
  expect(told(checkChangelog(treeOf({ 'CHANGELOG.md': '## [1.0.0]\n### New\n## 1.0\n' })))).toEqual([
    expect.stringContaining('expected "## [Unreleased]" first'),
    expect.stringContaining('"## 1.0": expected'),
    expect.stringContaining('"### New": expected one of Added'),
  ])
})

test('checkFaultDocs() holds rows and table together, both ways', () => {
  const fault = {
    code: 'denied',
    owner: 'downstream',
    upstreamSawIt: 'no',
    httpStatus: 403,
    grpcStatus: 7,
    retry: 'never',
  }
  const check = (rows: string): string[] => told(checkFaultDocs(treeOf({ 'docs/faults.md': rows }), [fault]))

  expect(check('| `denied` | downstream | no | 403 | 7 (PERMISSION_DENIED) | never | A rule. |')).toEqual([])
  expect(check('')).toEqual([expect.stringContaining('expected a row for denied')])
  expect(check('| `denied` | mesh | no | 403 | 7 | never | A rule. |')).toEqual([
    expect.stringContaining('told as mesh'),
  ])
  expect(check('| `denied` | downstream | no | 403 | 7 | never | |')).toEqual([
    expect.stringContaining('a description'),
  ])
  expect(check('| `denied` | downstream | no | 403 | 7 | never | A. |\n| `gone` | x |')).toEqual([
    expect.stringContaining('gone is no fault'),
  ])
})

test('checkMetricDocs() holds rows and constants together, both ways', () => {
  const tree = treeOf({
    'apps/agent/src/admin/metric-names.ts': "  a: 'weft_a_total',\n  b: 'weft_b_total',\n",
    'docs/metrics.md': '| `weft_a_total` | Counts. |\n| `weft_gone_total` | Counts. |\n',
  })

  expect(told(checkMetricDocs(tree))).toEqual([
    'apps/agent/src/admin/metric-names.ts:2 weft_b_total: expected a row in docs/metrics.md',
    'docs/metrics.md:2 weft_gone_total is no metric of any app',
  ])
})

test('checkLinks() finds links to nothing', () => {
  const tree = treeOf({
    'README.md':
      '[a](docs/a.md) [b](docs/) [c](https://example.org)\n[d](#here)\n[e](docs/gone.md)\n`docs/lost.md` `docs/a.md` `docs/`\n',
    'docs/a.md': '[up](../README.md#top)\n',
  })

  expect(told(checkLinks(tree))).toEqual([
    'README.md:3 docs/gone.md: expected something that exists',
    'README.md:4 docs/lost.md: expected something that exists',
  ])
})

test('checkSpdx() wants the license on the first line of C', () => {
  const tree = treeOf({
    'native/bpf/a.bpf.c': '// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause\n',
    'native/bpf/b.bpf.c': '// SPDX-License-Identifier: Apache-2.0\n',
    'native/addon/c/a.c': '// SPDX-License-Identifier: Apache-2.0\n',
    'native/addon/c/b.c': '#include <x>\n',
  })

  expect(checkSpdx(tree).map(({ file }) => file)).toEqual(['native/addon/c/b.c', 'native/bpf/b.bpf.c'])
})

test('describeApp() tells flag, variable, default and meaning of each setting', () => {
  const table = {
    restListen: { doc: 'REST.', defaultText: '127.0.0.1:15011', expected: 'an address' },
    node: { doc: 'A node.', defaultText: null, expected: 'name=a|b', repeated: true },
    token: { doc: 'Token.', defaultText: null, expected: 'text', secret: true },
  }

  expect(describeApp('control-plane', table).split('\n').slice(4)).toEqual([
    '| `--rest-listen` | `WEFT_CONTROL_PLANE_REST_LISTEN` | `127.0.0.1:15011` | an address | REST. |',
    '| `--node` | `WEFT_CONTROL_PLANE_NODE` | required | name=a\\|b | A node. Repeated. |',
    '| `--token` | `WEFT_CONTROL_PLANE_TOKEN` | required | text | Token. Secret. |',
    '',
  ])
})
