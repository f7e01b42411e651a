/** A TCP connection as curl makes one: through HTTP_PROXY by CONNECT when that is set, else directly. */
import { request } from 'node:http'
import { connect, type Socket } from 'node:net'

export function dial(host: string, port: number, timeoutMs: number): Promise<Socket> {
  const proxy = process.env['HTTP_PROXY']
  return proxy === undefined
    ? direct(host, port, timeoutMs)
    : throughProxy(new URL(proxy), `${host}:${port}`, timeoutMs)
}

function direct(host: string, port: number, timeoutMs: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: timeoutMs })
    socket.once('connect', () => resolve(socket)).once('error', reject)
    socket.once('timeout', () => socket.destroy(new Error('timed out')))
  })
}

function throughProxy(proxy: URL, authority: string, timeoutMs: number): Promise<Socket> {
  const user = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`
  const headers = { host: authority, 'proxy-authorization': `Basic ${Buffer.from(user).toString('base64')}` }
  return new Promise((resolve, reject) => {
    const call = request({
      host: proxy.hostname,
      port: proxy.port,
      method: 'CONNECT',
      path: authority,
      headers,
      timeout: timeoutMs,
    })
    call.once('connect', (response, socket, head) => {
      if (response.statusCode !== 200) return reject(new Error(`the proxy answered ${response.statusCode}`))
      if (head.length > 0) socket.unshift(head)
      resolve(socket as Socket)
    })
    call.once('timeout', () => call.destroy(new Error('timed out')))
    call.once('error', reject)
    call.end()
  })
}
