import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ScratchWorkspace, type ScratchProject } from './scratch-workspace.ts'

const source = '// Scratch.\nexport const x = 1\n'

function project(folder: string, plane: string, runtime: string, files: Record<string, string> = {}): ScratchProject {
  const layer = folder.startsWith('libs/')
    ? folder.split('/')[1]
    : folder.startsWith('apps/')
      ? 'app'
      : folder.split('/')[0]
  const tags = [`layer:${layer}`, `plane:${plane}`, `runtime:${runtime}`]
  return { folder, tags, files: { 'src/index.ts': source, ...files } }
}

const use = (what: string): string => `import { x } from '${what}'\nexport const y = x\n`

/** File of the breach, and what the message must say. */
const breaches: readonly (readonly [what: string, file: string, expected: RegExp])[] = [
  ['base → model', 'libs/base/low/src/to-model.ts', /layer:base" can only depend on libs tagged with "layer:base"/],
  ['model → decision', 'libs/model/noun/src/to-decision.ts', /layer:model" can only depend/],
  ['codec → decision', 'libs/codec/wire/src/to-decision.ts', /layer:codec" can only depend/],
  ['codec → transport', 'libs/codec/wire/src/to-transport.ts', /layer:codec" can only depend/],
  ['decision → transport', 'libs/decision/choice/src/to-transport.ts', /layer:decision" can only depend/],
  ['transport → decision', 'libs/transport/socket/src/to-decision.ts', /layer:transport" can only depend/],
  ['proxy → native', 'libs/proxy/path/src/to-native.ts', /layer:proxy" can only depend/],
  ['adapter → proxy', 'libs/adapters/foreign/src/to-proxy.ts', /layer:adapters" can only depend/],
  ['library → app', 'libs/transport/socket/src/to-app.ts', /layer:transport" can only depend/],
  ['app → app', 'apps/front/src/to-app.ts', /layer:app" can only depend/],
  ['shared → data', 'libs/codec/wire/src/to-data.ts', /plane:shared" can only depend|layer:codec" can only depend/],
  ['data → control', 'libs/proxy/path/src/to-control.ts', /plane:data" can only depend/],
  ['browser → node', 'apps/page/src/to-node.ts', /runtime:browser" can only depend/],
  ['any → node', 'libs/base/low/src/to-host.ts', /runtime:any" can only depend/],
  [
    'npm in a decision',
    'libs/decision/choice/src/npm.ts',
    /project tagged with "layer:decision" is not allowed to import "yaml"/,
  ],
  ['npm in a codec', 'libs/codec/wire/src/npm.ts', /project tagged with "layer:codec" is not allowed to import "yaml"/],
  ['a test library outside tests', 'libs/model/noun/src/npm.ts', /is not allowed to import "fast-check"/],
  [
    'a relative path into another library',
    'libs/codec/wire/src/relative.ts',
    /relative|should be imported using|Projects should use/i,
  ],
  ['node: in a decision', 'libs/decision/choice/src/node.ts', /see no Node/],
  ['Buffer in base', 'libs/base/low/src/buffer.ts', /this library sees no Node/],
  ['a socket in a codec', 'libs/codec/wire/src/net.ts', /sockets, files and timers are transport/],
  ['node:http on the data path', 'libs/proxy/path/src/http.ts', /Mesh traffic runs on/],
  ['Date.now', 'libs/proxy/path/src/clock.ts', /Take a Clock/],
  ['new Date()', 'libs/proxy/path/src/date.ts', /clock\.wallMs/],
  ['Math.random', 'libs/decision/choice/src/chance.ts', /Take a Random/],
  ['process.env', 'apps/front/src/env.ts', /Settings are read once/],
  ['a fake outside tests', 'libs/proxy/path/src/fake.ts', /Fakes are for tests/],
]

const projects: readonly ScratchProject[] = [
  project('libs/base/low', 'shared', 'any', {
    'src/to-model.ts': use('@weft/noun'),
    'src/to-host.ts': use('@weft/machine'),
    'src/buffer.ts': 'export const y = Buffer.alloc(1)\n',
  }),
  project('libs/base/machine', 'shared', 'node'),
  project('libs/model/noun', 'shared', 'any', {
    'src/to-decision.ts': use('@weft/choice'),
    'src/npm.ts': "import fc from 'fast-check'\nexport const y = fc\n",
    'src/fine.test.ts':
      "import fc from 'fast-check'\nimport { x } from '@weft/low/testing'\nexport const y = [fc, x]\n",
  }),
  project('libs/codec/wire', 'shared', 'node', {
    'src/to-decision.ts': use('@weft/choice'),
    'src/to-transport.ts': use('@weft/socket'),
    'src/to-data.ts': use('@weft/path'),
    'src/npm.ts': "import { parse } from 'yaml'\nexport const y = parse\n",
    'src/relative.ts': use('../../../base/low/src/index.ts'),
    'src/net.ts': "import { connect } from 'node:net'\nexport const y = connect\n",
    'src/fine.ts':
      "import { x } from '@weft/low'\nimport protobuf from 'protobufjs/minimal.js'\nexport const y = [x, protobuf]\n",
  }),
  project('libs/decision/choice', 'shared', 'any', {
    'src/to-transport.ts': use('@weft/socket'),
    'src/npm.ts': "import { parse } from 'yaml'\nexport const y = parse\n",
    'src/node.ts': "import { connect } from 'node:net'\nexport const y = connect\n",
    'src/chance.ts': 'export const y = Math.random()\n',
    'src/fine.ts': "import { x } from '@weft/noun'\nimport { x as low } from '@weft/low'\nexport const y = [x, low]\n",
  }),
  project('native/call', 'shared', 'node'),
  project('libs/transport/socket', 'data', 'node', {
    'src/to-decision.ts': use('@weft/choice'),
    'src/to-app.ts': use('@weft/front'),
    'src/fine.ts':
      "import { x } from '@weft/call'\nimport { x as wire } from '@weft/wire'\nexport const y = [x, wire]\n",
  }),
  project('libs/transport/watch', 'control', 'node'),
  project('libs/proxy/path', 'data', 'node', {
    'src/to-native.ts': use('@weft/call'),
    'src/to-control.ts': use('@weft/watch'),
    'src/http.ts': "import { createServer } from 'node:http'\nexport const y = createServer\n",
    'src/clock.ts': 'export const y = Date.now()\n',
    'src/date.ts': 'export const y = new Date()\n',
    'src/fake.ts': use('@weft/low/testing'),
    'src/fine.ts':
      "import { x } from '@weft/choice'\nimport { x as socket } from '@weft/socket'\nexport const y = [x, socket]\n",
  }),
  project('libs/adapters/foreign', 'shared', 'node', { 'src/to-proxy.ts': use('@weft/path') }),
  project('apps/front', 'data', 'node', {
    'src/to-app.ts': use('@weft/page'),
    'src/env.ts': "export const y = process.env['X']\n",
    'src/main.ts': "export const y = process.env['X']\n",
  }),
  project('apps/page', 'control', 'browser', { 'src/to-node.ts': use('@weft/machine') }),
]

describe('npm run lint', () => {
  let workspace: ScratchWorkspace
  let output = ''
  let code = 0
  beforeAll(() => {
    workspace = new ScratchWorkspace(projects)
    ;({ code, output } = workspace.lint())
  })
  afterAll(() => workspace[Symbol.dispose]())

  /** What was said about one file: its heading and the lines below. */
  function saidAbout(file: string): string {
    const at = output.indexOf(`${file}\n`)
    return at < 0 ? '' : output.slice(at + file.length, output.indexOf('\n\n', at))
  }

  test.each(breaches)('refuses %s', (_, file, expected) => {
    expect(saidAbout(file), output).toMatch(expected)
  })

  test.each(
    projects.flatMap(({ folder, files }) =>
      Object.keys(files)
        .filter((f) => /fine|index|main/.test(f))
        .map((f) => `${folder}/${f}`),
    ),
  )('passes %s', (file) => {
    expect(saidAbout(file)).toBe('')
  })

  test('fails as a whole', () => {
    expect(code).not.toBe(0)
  })
})
