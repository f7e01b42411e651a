import { join } from 'node:path'
import { choice, count, duration, flagName, formatDuration, many, path, port, text } from '@weft/config'
import { httpSettings } from '@weft/http-limits'
import { defineCommand } from '../command-line/command.ts'
import { type Flag, type FlagsOf, switchFlag, valueFlag } from '../command-line/flag.ts'
import { becomeProgram } from '../machine/become-program.ts'
import { compileCacheDir, compileWorkerAhead } from '../machine/compile-cache.ts'
import { repositoryRoot } from '../machine/tools.ts'

type HttpFlags = { readonly [Key in keyof typeof httpSettings]: Flag<number> }

const isTime = (setting: { readonly expected: string }): boolean => setting.expected.startsWith('a duration')
const httpFlags = Object.fromEntries(
  Object.entries(httpSettings).map(([key, setting]) => [key, valueFlag(isTime(setting) ? 'TIME' : 'N', setting)]),
) as HttpFlags

/** The settings of apps/agent/src/standalone/config.ts, as flags. */
const flags = {
  file: valueFlag('FILE', path('File with Gateway, routes, ExternalService, TrafficPolicy.'), 'f'),
  bind: valueFlag(
    'ADDRESS',
    many(text('Address to listen on, for gateways that give none; repeated.'), { default: ['127.0.0.1'] }),
  ),
  workers: valueFlag('N', count('Data-plane processes; one uses one core.', 1, 64, { default: 1 })),
  admin: valueFlag('PORT', port('Loopback port: /config_dump, /metrics, /healthz/ready. 0: none.', { default: 0 })),
  region: valueFlag('NAME', text('Region that this is in; endpoints of it are preferred.', { default: '' })),
  zone: valueFlag('NAME', text('Zone that this is in; endpoints of it are preferred most.', { default: '' })),
  check: switchFlag('Only check the file: exit code 0 when it is right, 2 when it is not.'),
  connectionsMax: valueFlag(
    'N',
    count('Connections that a worker accepts at once.', 1, 1_000_000, { default: 65_536 }),
  ),
  drainTimeout: valueFlag('TIME', duration('How long connections may finish at the end.', { default: 10_000 })),
  accessLog: switchFlag('One JSON line per exchange or connection on standard error.'),
  logLevel: valueFlag(
    'LEVEL',
    choice('Least level of log lines.', ['debug', 'info', 'warn', 'error'], { default: 'warn' }),
  ),
  ...httpFlags,
} as const

export const proxyCommand = defineCommand({
  name: 'proxy',
  summary: 'Run the data plane by itself, from resources in a file',
  about: [
    'An edge proxy on one machine: no mesh, no root, no capture. It listens where the Gateways of the file say and sends\nwhat comes to the endpoints of its ExternalServices, by the engine that the agents of a mesh run.',
    'A changed file, or SIGHUP, is taken into use without dropping a connection; a wrong one changes nothing and is told\nof. SIGTERM and Ctrl-C let connections finish; a second one ends at once.',
  ],
  flags,
  operands: { usage: '', min: 0, max: 0 },
  examples: ['proxy -f edge.yaml', 'proxy -f edge.yaml --check', 'proxy -f edge.yaml --bind 0.0.0.0 --workers 2'],
  async run({ flags: given, context }) {
    const main = join(repositoryRoot, 'apps/agent/src/standalone/main.ts')
    const node = [process.execPath, '--disable-warning=ExperimentalWarning', main]
    // npx and npm run stand before us with a shell that passes no signal on: it just goes.
    const isUnderNpm = context.env['npm_command'] !== undefined
    const words = [...wordsOf(given), '--end-with-parent', String(isUnderNpm)]
    compileWorkerAhead(context.env)
    return becomeProgram([...node, ...words], { ...context.env, NODE_COMPILE_CACHE: compileCacheDir })
  },
})

/** Limits of HTTP only where they are not the default: there are many. */
function wordsOf(given: FlagsOf<typeof flags>): string[] {
  return Object.entries(flags).flatMap(([key, setting]) => {
    const value = given[key as keyof typeof flags]
    if (key in httpFlags && value === setting.defaultValue) return []
    return [value]
      .flat()
      .flatMap((each) => [`--${flagName(key)}`, isTime(setting) ? formatDuration(Number(each)) : String(each)])
  })
}
