import { host, prefixes, type IdentityFiles, type Layout } from './peer.ts'

/** Debian's nginx has TCP as a module of its own. */
export const streamModule = '/usr/lib/nginx/modules/ngx_stream_module.so'

/** No limit on requests of a connection: the default of 1000 would measure reconnecting. */
const UNLIMITED = 1_000_000_000

export interface NginxRole {
  readonly listenPort: number
  readonly adminPort: number
  readonly upstreamPorts: readonly number[]
  readonly accepts: 'plain' | 'mtls'
  readonly dials: 'plain' | 'mtls'
}

/** A whole configuration of nginx, for one of a pair or for the single hop. */
export function nginxConfig(layout: Layout, role: NginxRole, user: string): string {
  const isTcp = layout.entry.startsWith('tcp')
  return `${isTcp ? `load_module ${streamModule};\n` : ''}${user === '' ? '' : `user ${user};\n`}daemon off;
worker_processes ${layout.workers};
error_log stderr crit;
pid nginx.pid;
events { worker_connections 16384; }
${isTcp ? stream(layout, role) : http(layout, role)}`
}

/** The directories that nginx would otherwise make in the system's places. */
export const scratchPlaces = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  .map((name) => `  ${name}_temp_path ${name};\n`)
  .join('')

function http(layout: Layout, role: NginxRole): string {
  const isGrpc = layout.entry === 'grpc'
  const secure = role.accepts === 'mtls' ? ' ssl' : ''
  // The second of a pair is spoken to in HTTP/1.1 by proxy_pass, in HTTP/2 by grpc_pass.
  const isHttp2 = isGrpc || (layout.entry === 'http2' && role.accepts === 'plain')
  return `http {
${scratchPlaces}  access_log off;
  keepalive_timeout 3600s;
  keepalive_requests ${UNLIMITED};
  upstream origin {
    least_conn;
${role.upstreamPorts.map((port) => `    server 127.0.0.1:${port};\n`).join('')}    keepalive 256;
    keepalive_requests ${UNLIMITED};
    keepalive_time 24h;
  }
  server {
    listen 127.0.0.1:${role.adminPort};
    location /status { stub_status; }
  }
  server {
    listen 127.0.0.1:${role.listenPort}${secure}${isHttp2 ? ' http2' : ''} backlog=4096;
    server_name ${host};
    http2_max_concurrent_streams 1000;
${role.accepts === 'mtls' ? acceptsTls(layout) : ''}${role.accepts === 'mtls' ? '    if ($ssl_client_verify != SUCCESS) { return 403; }\n' : ''}${
    role.dials === 'mtls' ? dialsTls(layout, isGrpc ? 'grpc' : 'proxy') : ''
  }${isGrpc ? grpcOptions : proxyOptions}
${prefixes.map((prefix) => `    location ${prefix} { ${pass(isGrpc, role.dials === 'mtls')} }\n`).join('')}  }
}
`
}

const pass = (isGrpc: boolean, isSecure: boolean): string =>
  isGrpc ? `grpc_pass grpc${isSecure ? 's' : ''}://origin;` : `proxy_pass http${isSecure ? 's' : ''}://origin;`

const proxyOptions = `    proxy_http_version 1.1;
    proxy_set_header Connection "";
    proxy_set_header Host $host;
    proxy_buffers 16 16k;
    proxy_buffer_size 16k;
    proxy_max_temp_file_size 0;`

const grpcOptions = `    grpc_read_timeout 3600s;
    grpc_send_timeout 3600s;
    client_max_body_size 0;`

function stream(layout: Layout, role: NginxRole): string {
  return `stream {
  upstream origin {
    least_conn;
${role.upstreamPorts.map((port) => `    server 127.0.0.1:${port};\n`).join('')}  }
  server {
    listen 127.0.0.1:${role.listenPort}${role.accepts === 'mtls' ? ' ssl' : ''} backlog=4096;
    proxy_pass origin;
    proxy_buffer_size 64k;
${role.accepts === 'mtls' ? acceptsTls(layout) : ''}${role.dials === 'mtls' ? `    proxy_ssl on;\n${dialsTls(layout, 'proxy')}` : ''}  }
}
`
}

function acceptsTls(layout: Layout): string {
  const { server, roots } = layout.trust
  return `    ssl_certificate ${server.chain};
    ssl_certificate_key ${server.key};
    ssl_client_certificate ${roots};
    ssl_verify_client on;
    ssl_verify_depth 3;
    ssl_protocols TLSv1.3;
    ssl_session_cache shared:sessions:4m;
`
}

function dialsTls(layout: Layout, module: 'proxy' | 'grpc'): string {
  const own: IdentityFiles = layout.trust.client
  const options: Readonly<Record<string, string>> = {
    certificate: own.chain,
    certificate_key: own.key,
    trusted_certificate: layout.trust.roots,
    verify: 'on',
    verify_depth: '3',
    name: layout.trust.serverName,
    server_name: 'on',
    protocols: 'TLSv1.3',
    session_reuse: 'on',
  }
  return Object.entries(options)
    .map(([name, value]) => `    ${module}_ssl_${name} ${value};\n`)
    .join('')
}
