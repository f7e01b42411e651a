/** What lint refuses by name, with the replacement in its message. Used by eslint.config.js. */

/** Sockets, files, processes and timers: what bytes ↔ values has no business with. */
const machine = [
  'net',
  'tls',
  'http',
  'http2',
  'https',
  'dgram',
  'dns',
  'fs',
  'fs/promises',
  'child_process',
  'worker_threads',
  'cluster',
  'timers',
  'timers/promises',
  'os',
  'process',
]
const named = (names, message) => names.flatMap((name) => [`node:${name}`, name]).map((name) => ({ name, message }))

export const codecImports = {
  paths: named(machine, 'A codec turns octets into values and back: sockets, files and timers are transport.'),
}

export const pureImports = {
  patterns: [{ regex: '^node:', message: 'base (but host), model and decision see no Node: pass in what is needed.' }],
}

/** Mesh traffic runs on our own codecs; Node's HTTP modules serve admin pages, through fastify. */
export const dataPathImports = {
  paths: named(['http', 'http2', 'https'], 'Mesh traffic runs on @weft/http1 and @weft/http2.'),
}

export const testingImports = {
  patterns: [{ group: ['@weft/*/testing', '@weft/tools/testing'], message: 'Fakes are for tests.' }],
}

export const timerGlobals = ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'process', 'Buffer'].map(
  (name) => ({
    name,
    message: 'Pass in a Clock (@weft/time), or use Uint8Array: this library sees no Node.',
  }),
)

export const clockProperties = [
  { object: 'Date', property: 'now', message: 'Take a Clock (@weft/time); the real one is in @weft/host.' },
  { object: 'performance', property: 'now', message: 'Take a Clock (@weft/time); the real one is in @weft/host.' },
  { object: 'Math', property: 'random', message: 'Take a Random (@weft/time); the real one is in @weft/host.' },
]

export const environmentProperty = {
  object: 'process',
  property: 'env',
  message: 'Settings are read once, in config.ts (@weft/config), from what main.ts passes in.',
}

export const clockSyntax = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Take a Clock (@weft/time): clock.wallMs().',
  },
]
