import { choice, count, duration, flag, many, path, port, text, type ConfigOf } from '@weft/config'
import { httpSettings } from '@weft/http-limits'

/** Every setting of `weft proxy`. */
export const standaloneSettings = {
  file: path('File with the resources: Gateway, routes, ExternalService, TrafficPolicy.'),
  bind: many(text('Address to listen on, for gateways that give none; repeated.'), { default: ['127.0.0.1'] }),
  workers: count('Data-plane worker processes.', 1, 64, { default: 1 }),
  admin: port('Loopback port for /config_dump, /metrics and /healthz/ready. 0: none.', { default: 0 }),
  region: text('Region that this is in; endpoints of it are preferred to others.', { default: '' }),
  zone: text('Zone that this is in; endpoints of it are preferred most.', { default: '' }),
  check: flag('Only check the file.', { default: false }),
  connectionsMax: count('Connections that a worker accepts at once.', 1, 1_000_000, { default: 65_536 }),
  drainTimeout: duration('How long connections may finish at the end.', { default: 10_000 }),
  endWithParent: flag('End, as by SIGTERM, when the process that started it is gone.', { default: false }),
  accessLog: flag('One JSON line per exchange or connection on standard error.', { default: false }),
  ...httpSettings,
  logLevel: choice('Least level of log lines.', ['debug', 'info', 'warn', 'error'], { default: 'warn' }),
} as const

export type StandaloneConfig = ConfigOf<typeof standaloneSettings>
