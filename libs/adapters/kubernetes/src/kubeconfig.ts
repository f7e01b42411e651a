import type { Agent, RequestOptions } from 'node:https'
import type { KubeConfig } from '@kubernetes/client-node'
import { describeError, Failure } from '@weft/faults'
import type { ApiAccess, ApiEndpoint, TlsOptions } from './endpoint.ts'

/**
 * The API server that a kubeconfig names, as kubectl reads it: contexts, certificates, tokens, programs that give
 * credentials (exec), OpenID Connect, proxies, by `@kubernetes/client-node`. `file` '' is $KUBECONFIG, then ~/.kube/config;
 * `context` '' is the current one.
 *
 * The library is loaded here and nowhere else, when a kubeconfig is used: it costs a process 0.5 s and 80 MB (0135).
 * Faults: Failure `invalid_argument` that names the file and what is wrong.
 */
export async function kubeconfigEndpoint(file: string, context: string): Promise<ApiEndpoint> {
  const { config, where } = await loadKubeconfig(file, context)
  const cluster = config.getCurrentCluster()!
  const hasProxy = (cluster.proxyUrl ?? '') !== ''
  const namespace = config.getContextObject(config.getCurrentContext())?.namespace ?? ''
  return { server: serverOf(cluster.server, where), namespace, access: () => accessOf(config, hasProxy, where) }
}

/** The kubeconfig with that context chosen, and what messages call it. Faults: as above. */
export async function loadKubeconfig(file: string, context: string): Promise<{ config: KubeConfig; where: string }> {
  const { KubeConfig } = await import('@kubernetes/client-node')
  const config = new KubeConfig()
  const where = file === '' ? 'the kubeconfig of this user' : `the kubeconfig ${file}`
  try {
    if (file === '') config.loadFromDefault()
    else config.loadFromFile(file)
  } catch (error) {
    throw new Failure('invalid_argument', `cannot read ${where}: ${describeError(error)}`, error)
  }
  if (context !== '') config.setCurrentContext(context)
  const chosen = config.getContextObject(config.getCurrentContext())
  const cluster = config.getCurrentCluster()
  if (chosen === null || cluster === null) {
    const known = config.getContexts().map(({ name }) => name)
    const found = context === '' ? `current-context "${config.getCurrentContext() ?? ''}"` : `context "${context}"`
    const expected = known.length === 0 ? 'a context' : `one of ${known.join(', ')}`
    throw new Failure('invalid_argument', `cannot use ${where}: found ${found}, expected ${expected}`)
  }
  return { config, where }
}

function serverOf(text: string, where: string): URL {
  const server = URL.parse(text)
  if (server !== null && (server.protocol === 'https:' || server.protocol === 'http:')) return server
  throw new Failure('invalid_argument', `cannot use ${where}: server "${text}", expected https://HOST:PORT`)
}

async function accessOf(
  config: { applyToHTTPSOptions(options: RequestOptions): Promise<void> },
  hasProxy: boolean,
  where: string,
): Promise<ApiAccess> {
  const options: RequestOptions = {}
  try {
    await config.applyToHTTPSOptions(options)
  } catch (error) {
    throw new Failure('unauthenticated', `cannot take credentials from ${where}: ${describeError(error)}`, error)
  }
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(options.headers ?? {})) headers[name.toLowerCase()] = String(value)
  if (typeof options.auth === 'string') headers['authorization'] = `Basic ${btoa(options.auth)}`
  const { ca, cert, key, servername, rejectUnauthorized } = options
  const given = Object.entries({ ca, cert, key, servername, rejectUnauthorized })
  const tls = Object.fromEntries(given.filter(([, value]) => value !== undefined)) as TlsOptions
  return { headers, tls, ...(hasProxy ? { agent: options.agent as Agent } : {}) }
}
