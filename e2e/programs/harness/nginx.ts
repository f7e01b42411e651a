import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeCertificate } from './scratch.ts'
import { startServer, type Server } from './server.ts'

export interface NginxPorts {
  readonly http: number
  /** HTTP/2 without TLS, by prior knowledge. */
  readonly http2: number
  readonly https: number
}

/** nginx with its usual talents, serving `<directory>/www`; PUT below /upload keeps what comes. */
export function startNginx(service: string, directory: string, ports: NginxPorts): Promise<Server> {
  for (const folder of ['www', 'www/upload', 'temporary']) mkdirSync(join(directory, folder))
  makeCertificate(directory, service)
  writeFileSync(join(directory, 'nginx.conf'), configuration(directory, ports))
  const command = ['nginx', '-p', directory, '-e', 'stderr', '-c', join(directory, 'nginx.conf')]
  return startServer({ service, ports: Object.values(ports), command })
}

function configuration(directory: string, { http, http2, https }: NginxPorts): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  return `
daemon off; user root; worker_processes 1; worker_rlimit_nofile 16384; pid ${directory}/pid; error_log stderr warn;
events { worker_connections 12000; multi_accept on; }
http {
  access_log off; sendfile on; keepalive_timeout 120s; keepalive_requests 100000; client_max_body_size 2g;
  types { text/plain txt; text/html html; }
  gzip on; gzip_min_length 100; gzip_types text/plain;
  ${temporary.map((name) => `${name}_temp_path ${directory}/temporary/${name};`).join(' ')}
  server {
    listen 0.0.0.0:${http} backlog=8192; listen [::]:${http} backlog=8192;
    listen 0.0.0.0:${http2} http2; listen [::]:${http2} http2;
    listen 0.0.0.0:${https} ssl; ssl_certificate ${directory}/server.crt; ssl_certificate_key ${directory}/server.key;
    root ${directory}/www;
    location = /small { return 200 "small\\n"; }
    location /echo { return 200 "$request_method $server_protocol $http_x_note $args\\n"; }
    location /status/ { return 418 "teapot\\n"; }
    location /moved { return 301 /small; }
    location /upload/ { dav_methods PUT DELETE; client_body_in_file_only off; }
  }
}
`
}
