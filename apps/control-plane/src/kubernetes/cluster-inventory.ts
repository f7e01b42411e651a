import {
  conditionOf,
  ENROLLED_CONDITION,
  isEnrolled,
  plaintextOf,
  type Pod,
  sliceProblem,
  trimNamespace,
  trimNode,
  trimPod,
  trimService,
  trimSlice,
  trimWebhook,
  whyNotWanted,
} from '@weft/cluster'
import {
  Informer,
  type InformerSource,
  type KubernetesClient,
  type KubernetesObject,
  resourcePath,
  versionNumber,
} from '@weft/kubernetes'
import type { Component } from '@weft/lifecycle'
import type { Logger } from '@weft/telemetry'
import type { Clock, Random } from '@weft/time'
import { serviceKey, type MeshNode, type Service, type Workload } from '@weft/topology'
import type { Enrolment, EnrolmentReport, Inventory } from '../registry/inventory.ts'
import { ClusterState } from './cluster-state.ts'
import { EnrolmentConditions, NOT_ENROLLED } from './enrolment-conditions.ts'

export type ClusterClient = InformerSource & Pick<KubernetesClient, 'applyStatus'>

/** Objects that make the API server call Services. A cluster without a kind of them has none. */
const webhookPaths = {
  validating: resourcePath('admissionregistration.k8s.io/v1', 'validatingwebhookconfigurations'),
  mutating: resourcePath('admissionregistration.k8s.io/v1', 'mutatingwebhookconfigurations'),
  conversion: resourcePath('apiextensions.k8s.io/v1', 'customresourcedefinitions'),
  aggregated: resourcePath('apiregistration.k8s.io/v1', 'apiservices'),
}

const noEnvironment = Object.freeze({})

/**
 * What a Kubernetes cluster runs: pods, Services, EndpointSlices, Nodes, Namespaces and what calls webhooks, followed as
 * they change. What agents say of their pods goes into a condition of these, and is known when it comes back from there:
 * so every replica knows the same.
 */
export class ClusterInventory implements Inventory, Component {
  readonly registrar = null
  readonly #state: ClusterState
  readonly #informers: Informer<never>[] = []
  readonly #conditions: EnrolmentConditions
  readonly #log: Logger
  readonly #listeners = new Set<(uid: string) => void>()
  #workloads: readonly Workload[] | null = null
  #isKnown = false

  /** The mesh's own parts run in `meshNamespace`; they are never in it. */
  constructor(client: ClusterClient, clock: Clock, random: Random, log: Logger, meshNamespace = 'weft-system') {
    this.#log = log
    this.#state = new ClusterState((uid) => this.#changed(uid), meshNamespace)
    const { pods } = this.#state
    this.#conditions = new EnrolmentConditions(
      client,
      {
        pod: (namespace, name) => pods.pod(namespace, name),
        onNode: (node) => pods.onNode(node),
        whyNotWanted: (pod) => this.#whyNotWanted(pod),
      },
      clock,
      log.child('conditions'),
    )
    const follow = <T extends KubernetesObject>(
      path: string,
      keep: (object: T) => T,
      set: (key: string, object: T | null) => void,
      isOptional = false,
    ): void => {
      const informer = new Informer<T>({ client, path, keep, isOptional }, clock, random, log)
      informer.onChange(set)
      this.#informers.push(informer as unknown as Informer<never>)
    }
    const state = this.#state
    follow(resourcePath('v1', 'namespaces'), trimNamespace, (name, object) => state.setNamespace(name, object))
    follow(resourcePath('v1', 'nodes'), trimNode, (name, object) => state.setNode(name, object))
    follow(resourcePath('v1', 'services'), trimService, (key, object) => state.setService(key, object))
    follow(resourcePath('discovery.k8s.io/v1', 'endpointslices'), trimSlice, (key, slice) => {
      const problem = slice === null ? '' : sliceProblem(slice)
      if (problem !== '') this.#log.warn(problem)
      state.setSlice(key, slice)
    })
    follow<Pod>(resourcePath('v1', 'pods'), trimPod, (key, pod) => {
      state.setPod(key, pod)
      this.#conditions.podChanged(key, pod)
    })
    for (const [kind, path] of Object.entries(webhookPaths))
      follow(path, trimWebhook, (key, object) => state.setWebhooks(`${kind}/${key}`, object), true)
  }

  /** Resolves when everything is known. Faults: those of Informer. */
  async start(): Promise<void> {
    await Promise.all(this.#informers.map((informer) => informer.start()))
    this.#isKnown = true
  }

  async drain(): Promise<void> {
    this.stop()
  }

  stop(): void {
    for (const informer of this.#informers) informer.stop()
    this.#conditions.stop()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.stop()
  }

  get nodes(): readonly MeshNode[] {
    return this.#state.nodes
  }

  /** The greatest version of any object that was told: versions are of the whole cluster. */
  get revision(): number {
    return Math.max(0, ...this.#informers.map((informer) => versionNumber(informer.resourceVersion)))
  }

  workloads(): readonly Workload[] {
    return (this.#workloads ??= [...this.#state.pods.workloads()])
  }

  get(uid: string): Workload | null {
    return this.#state.pods.get(uid)
  }

  services(): readonly Service[] {
    return this.#state.services
  }

  problemsOf(service: Service): readonly string[] {
    return this.#state.problemsOf(serviceKey(service.namespace, service.name))
  }

  enrolmentOf(uid: string): Enrolment | null {
    const pod = this.#state.pods.podOf(uid)
    if (pod === null) return null
    const isAsked = this.#whyNotWanted(pod) === '' || isToldNot(pod)
    return { enrolled: isEnrolled(pod), reason: this.#reasonOf(pod), environment: noEnvironment, isAsked }
  }

  isOrphan(): boolean {
    return false
  }

  mayHold(node: string, namespace: string, serviceAccount: string): boolean {
    return this.#state.pods.mayHold(node, namespace, serviceAccount)
  }

  report(node: string, reports: readonly EnrolmentReport[]): void {
    this.#conditions.report(node, reports)
  }

  watch(listener: (uid: string) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Why a pod is not in the mesh, or what of its annotations can't be used though it is. */
  #reasonOf(pod: Pod): string {
    if (isEnrolled(pod)) return plaintextOf(pod).problem
    const unwanted = this.#whyNotWanted(pod)
    if (unwanted !== '') return unwanted
    const condition = conditionOf(pod, ENROLLED_CONDITION)
    if (condition !== null) return condition.message ?? condition.reason ?? ''
    return `the agent of ${pod.spec.nodeName ?? 'its node'} has not reported it yet`
  }

  #whyNotWanted(pod: Pod): string {
    const { namespace = '' } = pod.metadata
    if (this.#state.isOfParts(namespace)) return 'it is a part of the mesh itself'
    return whyNotWanted(pod, this.#state.labelsOf(namespace))
  }

  /** While everything is read for the first time nobody is told: what is known then is asked for as a whole. */
  #changed(uid: string): void {
    if (uid !== '') this.#workloads = null
    if (!this.#isKnown) return
    for (const listener of this.#listeners) listener(uid)
  }
}

/** Its agent says that it can't be in the mesh, though something asks for it. */
function isToldNot(pod: Pod): boolean {
  return conditionOf(pod, ENROLLED_CONDITION)?.reason === NOT_ENROLLED
}
