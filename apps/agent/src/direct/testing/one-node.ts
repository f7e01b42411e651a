import {
  type Service,
  serviceDefaults,
  serviceKey,
  type Workload,
  workloadDefaults,
  type WorkloadPort,
} from '@weft/topology'
import type { AuthorizationPolicy, Route, TrafficPolicy } from '@weft/traffic'
import { TopologyIndex } from '../../snapshot/topology-index.ts'
import type { DirectInputs, DirectLocal } from '../direct-inputs.ts'
import { DirectPlanner } from '../direct-planner.ts'

export const TRUST_DOMAIN = 'cluster.local'
export const AGENT_PORTS = [15001, 15006, 15008]

/** A node called `node1` in memory: what is configured on it, to be planned. Workloads are `shop/NAME` with an own network. */
export class OneNode {
  readonly planner = new DirectPlanner({ node: 'node1', trustDomain: TRUST_DOMAIN, agentPorts: AGENT_PORTS })
  readonly workloads = new Map<string, Workload>()
  readonly services = new Map<string, Service>()
  readonly routes: Route[] = []
  readonly trafficPolicies: TrafficPolicy[] = []
  policies: AuthorizationPolicy[] = []
  local: DirectLocal[] = []

  /** Returns the id of its cgroup. */
  add(name: string, ports: WorkloadPort[] = [], change: Partial<Workload> = {}): bigint {
    const number = this.workloads.size + 1
    const workload: Workload = {
      ...workloadDefaults,
      uid: `node1/shop/${name}/u`,
      namespace: 'shop',
      name,
      serviceAccount: name,
      labels: { app: name },
      node: 'node1',
      address: `198.18.3.${number}`,
      hbonePort: 15008,
      ports,
      networkMode: 'own',
      cgroupPath: '',
      netnsPath: '',
      allowPlaintext: false,
      publishPort: 0,
      state: 'ready',
      ...change,
    }
    this.workloads.set(workload.uid, workload)
    const cgroupId = BigInt(100 + number)
    if (workload.node === 'node1') this.local.push({ uid: workload.uid, cgroupId, isEnrolled: true })
    return cgroupId
  }

  addService(name: string, change: Partial<Service> = {}): Service {
    const service: Service = {
      ...serviceDefaults,
      namespace: 'shop',
      name,
      address4: `198.19.0.${this.services.size + 1}`,
      address6: '',
      ports: [{ port: 80, targetPort: 6379, name: '', protocol: 'tcp' }],
      selector: { app: name },
      ...change,
    }
    this.services.set(serviceKey('shop', name), service)
    return service
  }

  at(name: string): Workload {
    return this.workloads.get(`node1/shop/${name}/u`)!
  }

  inputs(): DirectInputs {
    const { services, workloads, routes, trafficPolicies, policies, local } = this
    const index = TopologyIndex.of({ Service: services, Workload: workloads })
    return { services, workloads, index, routes, trafficPolicies, policies, local }
  }

  /** Verdicts as `caller>address:port`, and services as `address:port` with their endpoints. */
  plan(): { verdicts: Record<string, string>; services: Record<string, string[]> } {
    const plan = this.planner.plan(this.inputs())
    const text = ({ address, port }: { address: string; port: number }): string => `${address}:${port}`
    const verdicts: Record<string, string> = {}
    for (const callee of plan.callees)
      for (const [caller, verdict] of callee.verdicts) verdicts[`${caller}>${text(callee)}`] = verdict
    const services = plan.services.map(({ at, endpoints }) => [text(at), endpoints.map(text)] as const)
    return { verdicts, services: Object.fromEntries(services) }
  }
}

export const policy = (change: Partial<AuthorizationPolicy> = {}): AuthorizationPolicy => ({
  name: 'AuthorizationPolicy/shop/p',
  namespace: 'shop',
  action: 'DENY',
  selector: {},
  services: [],
  rules: [{ from: [], to: [] }],
  ...change,
})

export const from = (...identities: string[]) => ({
  identities,
  namespaces: [],
  notIdentities: [],
  notNamespaces: [],
  unauthenticated: false,
})
