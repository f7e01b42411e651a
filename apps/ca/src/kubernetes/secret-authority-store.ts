import { Failure } from '@weft/faults'
import { isApiFailure, type KubernetesObject } from '@weft/kubernetes'
import type { Authorities, AuthorityStore, StoredAuthorities } from '../keys/authority-store.ts'
import { openAuthority, sealAuthority, type StoredAuthority } from '../keys/stored-authority.ts'
import { names } from './names.ts'
import {
  configMapPath,
  ownedMetadata,
  secretPath,
  type ConfigMap,
  type KubernetesPlace,
  type Secret,
} from './owned-object.ts'

const ROOTS_KEY = 'roots.pem'
/** How often another replica may be first before it is no longer a coincidence. */
const ATTEMPTS_MAX = 5

/**
 * Authorities in Secret `weft-ca`, roots in ConfigMap `weft-roots`. Versions are those of the API server: a create that finds
 * an object there, or a replace of an older version, was not first.
 *
 * Faults besides those of the interface: ApiFailure. See docs/decisions/0145-ca-on-kubernetes.md.
 */
export class SecretAuthorityStore implements AuthorityStore {
  readonly place: string
  readonly #kubernetes: KubernetesPlace
  readonly #secret: string
  #last: StoredAuthorities | null = null

  constructor(kubernetes: KubernetesPlace, secret: string) {
    this.#kubernetes = kubernetes
    this.#secret = secret
    this.place = `Secret ${kubernetes.namespace}/${names.authorities}`
  }

  async read(): Promise<StoredAuthorities> {
    const { client, namespace } = this.#kubernetes
    const stored = await client.get<Secret>(secretPath(namespace, names.authorities))
    const version = stored?.metadata.resourceVersion ?? ''
    // Opening costs a tenth of a second on purpose: what has not changed is not opened again.
    if (this.#last !== null && version !== '' && this.#last.version === version) return this.#last
    const open = (key: string): StoredAuthority | null => {
      const data = stored?.data?.[key]
      return data === undefined ? null : openAuthority(`${this.place} ${key}`, fromBase64(data), this.#secret)
    }
    this.#last = { root: open('root.json'), issuing: open('issuing.json'), version }
    return this.#last
  }

  async replace({ root, issuing }: Authorities, version: string): Promise<boolean> {
    const { client, namespace } = this.#kubernetes
    const sealed = Object.entries({ 'root.json': root, 'issuing.json': issuing })
    const data = Object.fromEntries(
      sealed.map(([key, authority]) => [key, toBase64(sealAuthority(authority, this.#secret))]),
    )
    const stored = await unlessOther(async () => {
      if (version !== '') {
        const path = secretPath(namespace, names.authorities)
        const before = await client.get<Secret>(path)
        if (before?.metadata.resourceVersion !== version) return null
        return client.replace<Secret>(path, { ...before, data })
      }
      const metadata = await ownedMetadata(this.#kubernetes, names.authorities)
      return client.create<Secret>(secretPath(namespace), { ...SECRET, metadata, data })
    })
    if (stored === null) return false
    this.#last = { root, issuing, version: stored.metadata.resourceVersion ?? '' }
    return true
  }

  async publishedRoots(): Promise<string | null> {
    return (await this.#roots())?.data?.[ROOTS_KEY] ?? null
  }

  async publishRoots(pem: string): Promise<void> {
    const { client, namespace } = this.#kubernetes
    for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
      const found = await this.#roots()
      if (found?.data?.[ROOTS_KEY] === pem) return
      const data = { ...found?.data, [ROOTS_KEY]: pem }
      const written = await unlessOther(async () => {
        if (found !== null) return client.replace<ConfigMap>(configMapPath(namespace, names.roots), { ...found, data })
        const metadata = await ownedMetadata(this.#kubernetes, names.roots)
        return client.create<ConfigMap>(configMapPath(namespace), { ...CONFIG_MAP, metadata, data })
      })
      if (written !== null) return
    }
    throw new Failure(
      'write_failed',
      `Cannot publish the roots in ConfigMap ${namespace}/${names.roots}: it changed ${ATTEMPTS_MAX} times meanwhile, expected it to settle`,
    )
  }

  #roots(): Promise<ConfigMap | null> {
    const { client, namespace } = this.#kubernetes
    return client.get<ConfigMap>(configMapPath(namespace, names.roots))
  }
}

const SECRET = { apiVersion: 'v1', kind: 'Secret', type: 'Opaque' }
const CONFIG_MAP = { apiVersion: 'v1', kind: 'ConfigMap' }

/** What `write` gives; null when somebody else was first. */
async function unlessOther<T extends KubernetesObject>(write: () => Promise<T | null>): Promise<T | null> {
  try {
    return await write()
  } catch (error) {
    if (['already_exists', 'conflict', 'not_found'].some((code) => isApiFailure(error, code))) return null
    throw error
  }
}

function toBase64(text: string): string {
  return Buffer.from(text).toString('base64')
}

function fromBase64(data: string): string {
  return Buffer.from(data, 'base64').toString('utf8')
}
