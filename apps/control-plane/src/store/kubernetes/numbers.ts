import { Failure } from '@weft/faults'
import { isApiFailure, type KubernetesClient, type KubernetesObject, resourcePath } from '@weft/kubernetes'

interface ConfigMap extends KubernetesObject {
  readonly data?: Readonly<Record<string, string>>
}

const NAME = 'weft-numbers'
const ATTEMPTS_MAX = 20

/** Numbers that belong to keys for ever, in a ConfigMap of the mesh's namespace; replicas agree by its version. */
export class Numbers {
  readonly #client: Pick<KubernetesClient, 'get' | 'create' | 'replace'>
  readonly #namespace: string

  constructor(client: Pick<KubernetesClient, 'get' | 'create' | 'replace'>, namespace: string) {
    this.#client = client
    this.#namespace = namespace
  }

  /** Faults: Failure `exhausted` when none below `max` is free; ApiFailure. */
  async numberOf(key: string, max: number): Promise<number> {
    const field = fieldOf(key)
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      const stored = await this.#client.get<ConfigMap>(this.#path(NAME))
      const data = stored?.data ?? {}
      const known = data[field]
      if (known !== undefined) return Number(known)
      const number = free(data, max, key)
      if (await this.#keep(stored, { ...data, [field]: String(number) })) return number
    }
    throw new Failure('store_failed', `cannot give ${key} an address: ${NAME} changed ${ATTEMPTS_MAX} times meanwhile`)
  }

  /** False when another wrote meanwhile. */
  async #keep(stored: ConfigMap | null, data: Record<string, string>): Promise<boolean> {
    const made = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: NAME, namespace: this.#namespace } }
    try {
      if (stored === null) await this.#client.create<ConfigMap>(this.#path(), { ...made, data })
      else await this.#client.replace<ConfigMap>(this.#path(NAME), { ...stored, data })
      return true
    } catch (error) {
      if (isApiFailure(error, 'conflict') || isApiFailure(error, 'already_exists')) return false
      throw error
    }
  }

  #path(name = ''): string {
    return resourcePath('v1', 'configmaps', this.#namespace, name)
  }
}

function free(data: Readonly<Record<string, string>>, max: number, key: string): number {
  const taken = new Set(Object.values(data).map(Number))
  let number = 0
  while (taken.has(number)) number++
  if (number < max) return number
  throw new Failure('exhausted', `cannot give ${key} an address: all ${max} of the range are taken`)
}

/** Keys of a ConfigMap are letters, digits, `-`, `_` and `.`: anything else as `_` and its code. */
function fieldOf(key: string): string {
  return key.replace(/[^A-Za-z0-9.-]/g, (sign) => `_${sign.charCodeAt(0).toString(16)}_`)
}
