import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { scratchPlaces } from '../peers/nginx-config.ts'
import type { Entry } from '../scenarios/scenario.ts'
import { programPath } from '../setup/versions.ts'
import { OwnedProcess } from './owned-process.ts'

const PAGE_BYTES = 65_536
const SMALL_BYTES = 128

/** Where the origins listen, two of each kind. */
export function originPorts(portBase: number, entry: Entry): readonly number[] {
  const kinds: readonly Entry[] = ['http1', 'http2', 'tcp', 'tcp-source']
  // gRPC is answered by the same program as HTTP/2.
  const first = portBase + 2 * kinds.indexOf(entry === 'grpc' ? 'http2' : entry)
  return [first, first + 1]
}

/** Starts the origins: nginx for HTTP/1.1, native/origin.c for the rest. They cost far less than any proxy. */
export async function startOrigins(directory: string, native: string, portBase: number): Promise<void> {
  const ports = (entry: Entry): readonly number[] => originPorts(portBase, entry)
  const place = join(directory, 'origin')
  mkdirSync(join(place, 'static'), { recursive: true })
  writeFileSync(join(place, 'static/page'), 'w'.repeat(PAGE_BYTES))
  writeFileSync(join(place, 'nginx.conf'), originConfig(ports('http1'), process.getuid?.() === 0 ? 'user root;\n' : ''))
  const pages = new OwnedProcess('origin (nginx)', programPath('nginx'), ['-p', place, '-c', 'nginx.conf'], place, {})
  const listeners = [
    ...ports('http2').map((port) => `h2:${port}`),
    ...ports('tcp').map((port) => `echo:${port}`),
    ...ports('tcp-source').map((port) => `source:${port}`),
  ]
  const rest = new OwnedProcess('origin', join(native, 'origin'), listeners, place, {})
  await pages.untilListening(ports('http1')[1]!)
  await rest.untilListening(ports('tcp-source')[1]!)
}

function originConfig(ports: readonly number[], user: string): string {
  return `${user}daemon off;
worker_processes 1;
error_log stderr crit;
pid nginx.pid;
events { worker_connections 16384; multi_accept on; }
http {
${scratchPlaces}  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_timeout 3600s;
  keepalive_requests 1000000000;
  open_file_cache max=16;
  server {
${ports.map((port) => `    listen 127.0.0.1:${port} backlog=4096;\n`).join('')}    root .;
    default_type text/plain;
    location /api/ { return 200 "${'w'.repeat(SMALL_BYTES)}"; }
    location /static/ { }
  }
}
`
}
