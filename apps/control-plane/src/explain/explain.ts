import { Authorizer, Source, type Decision } from '@weft/authz'
import { nearest } from '@weft/config'
import { formatWorkloadIdentity } from '@weft/identity'
import { HeaderList } from '@weft/message'
import type { weft } from '@weft/proto'
import { CompiledRoute } from '@weft/routing'
import { ownerName, serviceKey, type Service, type Workload } from '@weft/topology'
import { compileTrafficPolicy, resourceId } from '@weft/resources'
import { type ConnectionRule, defaultTrafficPolicy, type Route } from '@weft/traffic'
import type { Mesh } from '../mesh.ts'
import { instancesOf, type Instance } from './instances.ts'

type Request = weft.management.v1.ExplainRequest
type Step = weft.management.v1.ExplainStep.$Properties
type Response = weft.management.v1.ExplainResponse.$Properties

const WARNINGS_MAX = 5

/** Says what would become of a call, step by step, by the code and the model that the data plane works with. */
export class Explainer {
  readonly #mesh: Mesh
  readonly #trustDomain: string

  constructor(mesh: Mesh, trustDomain: string) {
    this.#mesh = mesh
    this.#trustDomain = trustDomain
  }

  async explain(request: Request): Promise<Response> {
    const steps: Step[] = []
    const source = this.#source(request.source, steps)
    if (source === null) return refused(steps)
    const called = this.#resolve(request.destination, source.namespace, steps)
    if (called === null) return refused(steps)
    this.#warn(called.service, steps)
    const service = this.#route(request, called, source.namespace, steps)
    if (service === null) return refused(steps)
    const used = this.#instances(service, called.port, steps)
    if (used.length === 0) return refused(steps)
    // Policies hold at those that are in the mesh; where there are none, nobody is asked.
    const inMesh = used.find(({ workload }) => (workload?.hbonePort ?? 0) > 0)
    if (inMesh === undefined) {
      steps.push(step('authz', true, `nobody who answers is in the mesh: no policy holds there`))
      return { allowed: true, steps }
    }
    return { allowed: this.#authorize(request, source.identity, inMesh.port, inMesh.workload!, steps), steps }
  }

  #source(text: string, steps: Step[]): { identity: string | null; namespace: string } | null {
    if (text === '' || text === '-') {
      steps.push(
        step('capture', true, 'the caller is a program outside the mesh: it proves no identity and speaks plaintext'),
      )
      return { identity: null, namespace: 'default' }
    }
    const { namespace, name } = splitName(text, 'default')
    const workload = this.#mesh.registry.workloads().find((one) => one.namespace === namespace && isCalled(one, name))
    const serviceAccount = workload?.serviceAccount ?? name
    const identity = formatWorkloadIdentity({ trustDomain: this.#trustDomain, namespace, serviceAccount })
    const state = workload === undefined ? null : this.#mesh.registry.enrolmentOf(workload.uid)
    if (workload === undefined) {
      steps.push(step('capture', true, `no workload ${namespace}/${name} runs now; assuming it would, as ${identity}`))
    } else if (workload.hbonePort === 0) {
      const why = state?.reason || 'unknown'
      const text = `workload ${workload.uid} is outside the mesh: ${why}; it proves no identity and speaks plaintext`
      steps.push(step('capture', true, text))
      return { identity: null, namespace }
    } else if (state?.enrolled !== true) {
      steps.push(
        step(
          'capture',
          false,
          `workload ${workload.uid} is not captured: ${state?.reason ?? 'unknown'}; it can reach nothing`,
        ),
      )
      return null
    } else {
      steps.push(
        step('capture', true, `workload ${workload.uid} on ${workload.node} is captured and calls as ${identity}`),
      )
    }
    return { identity, namespace }
  }

  #resolve(text: string, callerNamespace: string, steps: Step[]): { service: Service; port: number } | null {
    const [host = '', portText] = text.split(':')
    const { namespace, name } = splitName(host, callerNamespace)
    const { services } = this.#mesh.model
    const service = services.get(serviceKey(namespace, name))
    if (service === undefined) {
      steps.push(
        step(
          'resolve',
          false,
          `no service ${namespace}/${name}${nearest(`${namespace}/${name}`, [...services.keys()])}: expected one of ${someOf([...services.keys()]) || 'none: there is no service'}`,
        ),
      )
      return null
    }
    const port = portText === undefined ? service.ports[0]?.port : Number(portText)
    const known = service.ports.find((one) => one.port === port)
    if (port === undefined || known === undefined) {
      steps.push(
        step(
          'resolve',
          false,
          `service ${namespace}/${name} has no port ${portText ?? ''}: expected one of ${service.ports.map((one) => one.port).join(', ') || 'none: it has no port'}`,
        ),
      )
      return null
    }
    steps.push(
      step('resolve', true, `${name}.${namespace} is ${addressesOf(service)}, port ${port} (${known.protocol})`),
    )
    return { service, port }
  }

  /** Resources of the service's namespace that do not do what they say: one of them may be why the answer surprises. */
  #warn(service: Service, steps: Step[]): void {
    const warnings = [...this.#mesh.model.warnings]
      .filter(([{ metadata }]) => metadata.namespace === service.namespace)
      .flatMap(([resource, texts]) => texts.map((text) => step('resources', true, text, resourceId(resource))))
    const name = `Service/${serviceKey(service.namespace, service.name)}`
    warnings.unshift(...this.#mesh.registry.problemsOf(service).map((text) => step('resources', true, text, name)))
    steps.push(...warnings.slice(0, WARNINGS_MAX))
    const more = warnings.length - WARNINGS_MAX
    if (more > 0) steps.push(step('resources', true, `${more} more such references: weft apply --dry-run shows them`))
  }

  #route(
    request: Request,
    { service, port }: { service: Service; port: number },
    clientNamespace: string,
    steps: Step[],
  ): Service | null {
    const { routeTable } = this.#mesh.model
    const route = routeFor(routeTable.routesOf(service), port, clientNamespace)
    if (route === null) {
      if (request.method !== '') {
        steps.push(step('route', true, 'no HTTPRoute is attached: every request goes to the service itself'))
      }
      return service
    }
    if (route.relay !== null) return this.#backend('every connection', route.relay, steps)
    if (request.method === '') return service
    const head = {
      method: request.method,
      path: request.path || '/',
      authority: `${service.name}.${service.namespace}`,
      headers: new HeaderList(),
    }
    const rule = new CompiledRoute(route).match(head)
    if (rule === null) {
      steps.push(
        step('route', false, `no rule matches ${request.method} ${head.path}: 404`, route.rules[0]?.name ?? ''),
      )
      return null
    }
    if (rule.redirect !== null) {
      const location = rule.redirect.location({ scheme: 'http', ...head }, port)
      const { status } = rule.redirect
      steps.push(step('route', true, `rule matches; the client is sent to ${location} (${status})`, rule.rule.name))
      return null
    }
    return this.#backend('rule matches', rule.rule, steps)
  }

  /** The first service that may be chosen; null when every choice is invalid. */
  #backend(what: string, { name, backends }: ConnectionRule, steps: Step[]): Service | null {
    const { services } = this.#mesh.model
    const shares = backends
      .map((backend) => `${backend.service || 'an invalid backend (500)'} ${backend.weight}`)
      .join(', ')
    const first = backends.find((backend) => backend.weight > 0 && services.has(backend.service))
    steps.push(step('route', first !== undefined, `${what}; backends by weight: ${shares || 'none (500)'}`, name))
    return first === undefined ? null : services.get(first.service)!
  }

  #instances(service: Service, port: number, steps: Step[]): Instance[] {
    const all = instancesOf(service, port, this.#mesh.registry.workloads())
    const used = all.filter(({ isUsed }) => isUsed)
    const key = serviceKey(service.namespace, service.name)
    const list = someOf(
      used.map(({ text }) => text),
      '; ',
    )
    steps.push(
      step(
        'balance',
        used.length > 0,
        used.length > 0
          ? `${used.length} of ${all.length} instances of ${key} take work, ${this.#balancing(service)}: ${list}`
          : `none of ${all.length} instances of ${key} takes work: 503 no_endpoint`,
        compileTrafficPolicy(service, this.#mesh.model.trafficPolicies)?.name ?? '',
      ),
    )
    return used
  }

  /** How one of them is chosen, in a few words. */
  #balancing(service: Service): string {
    const policy = compileTrafficPolicy(service, this.#mesh.model.trafficPolicies) ?? defaultTrafficPolicy
    const parts = [`chosen by ${policy.balancer}`]
    if (policy.hashKeys.length > 0) {
      const keys = policy.hashKeys.map((key) => (key.type === 'source' ? 'source address' : `${key.type} ${key.name}`))
      parts.push(`by ${keys.join(', then ')}`)
    }
    if (policy.subset.type !== 'none') parts.push(`a ${policy.subset.type} subset of ${policy.subset.size}`)
    if (policy.slowStart.windowMs > 0) parts.push(`new ones slowly over ${policy.slowStart.windowMs} ms`)
    if (service.distribution !== 'any') parts.push(`and ${placing[service.distribution]}`)
    return parts.join(' ')
  }

  #authorize(request: Request, identity: string | null, target: number, callee: Workload, steps: Step[]): boolean {
    const services = this.#mesh.model.serviceIndex.of(callee).map((key) => key.slice(key.indexOf('/') + 1))
    const { namespace, labels, plaintextPorts } = callee
    const allowPlaintext = callee.allowPlaintext || plaintextPorts.includes(target)
    const authorizer = new Authorizer(this.#mesh.model.policies, { namespace, labels, services, allowPlaintext })
    const source = new Source(identity)
    const decision: Decision =
      request.method === ''
        ? authorizer.decideConnection(source, target)
        : authorizer.decideRequest(source, target, {
            method: request.method,
            path: request.path || '/',
            headers: new HeaderList(),
          })
    const { verdict, rule, code, message } = decision
    const allowed = verdict !== 'deny'
    const meaning = {
      allow: rule === '' ? 'no policy asks otherwise: allowed' : 'allowed',
      deny: `${code}: ${message}`,
      'needs-request': 'it depends on the request: give --method and --path',
    }[verdict]
    steps.push(
      step(identity === null ? 'plaintext' : 'authz', allowed, `at ${callee.name}, port ${target}: ${meaning}`, rule),
    )
    return allowed
  }
}

/**
 * Whether people mean that workload by a name: its own, that of what made it, or, of a program, the `--service` that it
 * runs under: its name without the random part.
 */
function isCalled(workload: Workload, name: string): boolean {
  if (workload.name === name || ownerName(workload) === name) return true
  return workload.owner === '' && workload.name.slice(0, workload.name.lastIndexOf('-')) === name
}

function addressesOf({ address4, address6, isHeadless }: Service): string {
  if (isHeadless) return 'headless: its name stands for the addresses of its workloads, to which no route applies'
  return [address4, address6].filter((address) => address !== '').join(' and ') || 'without an address'
}

/** The first of many. */
function someOf(texts: readonly string[], separator = ', '): string {
  const shown = texts.slice(0, LISTED_MAX).join(separator)
  return texts.length > LISTED_MAX ? `${shown}${separator}and ${texts.length - LISTED_MAX} more` : shown
}

const LISTED_MAX = 20
const placing = {
  zone: 'in the zone of the caller first',
  node: 'on the node of the caller first',
  onlyNode: 'on the node of the caller alone',
} as const

function splitName(text: string, namespace: string): { namespace: string; name: string } {
  const at = text.indexOf('/')
  if (at >= 0) return { namespace: text.slice(0, at), name: text.slice(at + 1) }
  const [name = '', dotted] = text.split('.')
  return { namespace: dotted ?? namespace, name }
}

function step(layer: string, ok: boolean, message: string, rule = ''): Step {
  return { layer, ok, message, rule }
}

/** The route that calls from a namespace meet at a port: one of that namespace's own goes before those for all. */
function routeFor(routes: readonly Route[], port: number, clientNamespace: string): Route | null {
  for (const client of [clientNamespace, '']) {
    const here = routes.filter((route) => route.clientNamespace === client)
    const route = here.find((one) => one.port === port) ?? here.find((one) => one.port === 0)
    if (route !== undefined) return route
  }
  return null
}

function refused(steps: Step[]): Response {
  return { allowed: false, steps }
}
