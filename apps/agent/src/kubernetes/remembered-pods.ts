import { existsSync, readFileSync } from 'node:fs'
import type { Namespace, Pod } from '@weft/cluster'
import { describeError } from '@weft/faults'
import type { Logger } from '@weft/telemetry'
import { replaceFile } from './atomic-file.ts'
import type { Objects } from './local-pods.ts'

interface Saved {
  readonly pods: readonly Pod[]
  readonly namespaces: readonly Namespace[]
}

interface Sources {
  readonly pods: Objects<Pod>
  readonly namespaces: Objects<Namespace>
}

/**
 * Pods and namespaces as the API server tells them, or, until it has, as an earlier life of the agent knew them: an agent
 * that restarts while the API server is away still takes up the pods that run.
 */
export class RememberedPods {
  readonly pods: Objects<Pod>
  readonly namespaces: Objects<Namespace>
  readonly #path: string
  readonly #log: Logger
  #saved: Saved | null = null
  #written = ''
  #wanted = ''
  /** Why the file is not as it should be, '' when it is. */
  trouble = ''

  constructor(path: string, told: Sources, log: Logger) {
    this.#path = path
    this.#log = log
    this.pods = either(told.pods, () => this.#saved?.pods ?? null)
    this.namespaces = either(told.namespaces, () => this.#saved?.namespaces ?? null)
  }

  /** What was saved counts until `forget`. False when there is nothing to be had. */
  restore(): boolean {
    try {
      if (!existsSync(this.#path)) return false
      const { pods, namespaces } = JSON.parse(readFileSync(this.#path, 'utf8')) as Partial<Saved>
      if (!Array.isArray(pods) || !Array.isArray(namespaces)) return false
      this.#saved = { pods: pods as Pod[], namespaces: namespaces as Namespace[] }
      return true
    } catch (error) {
      this.#log.warn('cannot read which pods were in the mesh', { path: this.#path, error: describeError(error) })
      return false
    }
  }

  /** The API server tells again. */
  forget(): void {
    this.#saved = null
  }

  /** Keeps these pods and their namespaces on disk, when they are others than before. */
  save(pods: readonly Pod[]): void {
    const names = new Set(pods.map(({ metadata }) => metadata.namespace ?? ''))
    const namespaces = [...names].flatMap((name) => this.namespaces.get('', name) ?? [])
    this.#wanted = JSON.stringify({ pods: pods.map(lasting), namespaces: namespaces.map(lastingNamespace) })
    this.#write()
  }

  /** Writes what could not be written. */
  retry(): void {
    if (this.trouble !== '') this.#write()
  }

  /** What cannot be written is told once. */
  #write(): void {
    if (this.#wanted === this.#written) return
    try {
      replaceFile(this.#path, this.#wanted, 0o600)
      this.#written = this.#wanted
      this.trouble = ''
    } catch (error) {
      const trouble = `cannot keep which pods are in the mesh in ${this.#path}: ${describeError(error)}`
      if (trouble !== this.trouble) this.#log.warn('remembered pods', { trouble })
      this.trouble = trouble
    }
  }
}

/** Without what changes all the time and says nothing about who the pod is. */
function lasting({ metadata, spec, status }: Pod): Pod {
  const { name, namespace, uid, labels, annotations } = metadata
  const { phase, podIP, podIPs } = status ?? {}
  return JSON.parse(
    JSON.stringify({ metadata: { name, namespace, uid, labels, annotations }, spec, status: { phase, podIP, podIPs } }),
  ) as Pod
}

function lastingNamespace({ metadata: { name, labels } }: Namespace): Namespace {
  return { metadata: { name, ...(labels === undefined ? {} : { labels }) } }
}

function either<T extends Pod | Namespace>(told: Objects<T>, saved: () => readonly T[] | null): Objects<T> {
  return {
    list: () => [...(saved() ?? told.list())],
    get: (namespace, name) => {
      const kept = saved()
      if (kept === null) return told.get(namespace, name)
      return kept.find(({ metadata }) => metadata.name === name && (metadata.namespace ?? '') === namespace) ?? null
    },
  }
}
