import { createPrivateKey, X509Certificate } from 'node:crypto'
import { describeError } from '@weft/faults'
import type { FindPem } from './compile/tls.ts'
import type { FieldProblem } from './problem.ts'
import type { ConfigMapResource, ProxyResource, SecretResource } from './resource.ts'

export const pemKeys = ['tls.crt', 'tls.key', 'ca.crt'] as const
type PemKey = (typeof pemKeys)[number]
type Keeper = SecretResource | ConfigMapResource

/** `weft.dev/tls.crt: edge.pem` takes the content from a file, relative to that of the resources. */
const FILE_ANNOTATION = 'weft.dev/'

interface Content {
  readonly keeper: Keeper
  readonly pem: ReadonlyMap<PemKey, string>
  readonly problems: readonly FieldProblem[]
}

/** What the Secrets and ConfigMaps of a file hold, written into it or in files of their own. */
export class SecretContents {
  readonly #contents = new Map<string, Content>()

  /** `readText` reads a file that an annotation names; it throws when it cannot. */
  constructor(resources: readonly ProxyResource[], readText: (path: string) => string) {
    for (const resource of resources) {
      if (resource.kind !== 'Secret' && resource.kind !== 'ConfigMap') continue
      const { namespace, name } = resource.metadata
      this.#contents.set(`${resource.kind}/${namespace}/${name}`, contentOf(resource, readText))
    }
  }

  all(): IterableIterator<Content> {
    return this.#contents.values()
  }

  /** The content under a key; null when there is no such resource, '' when it has no such key. */
  find(kind: 'Secret' | 'ConfigMap', namespace: string, name: string, key: PemKey): string | null {
    const content = this.#contents.get(`${kind}/${namespace}/${name}`)
    return content === undefined ? null : (content.pem.get(key) ?? '')
  }

  /** For compiling what has been checked. */
  readonly findPem: FindPem = (ref, namespace, key) =>
    this.find(ref.kind ?? defaultKind(key), ref.namespace ?? namespace, ref.name, key) ?? ''
}

/** Authorities are kept in ConfigMaps, keys never. Source: Gateway API, certificateRefs and caCertificateRefs. */
export function defaultKind(key: PemKey): 'Secret' | 'ConfigMap' {
  return key === 'ca.crt' ? 'ConfigMap' : 'Secret'
}

function contentOf(keeper: Keeper, readText: (path: string) => string): Content {
  const problems: FieldProblem[] = []
  const pem = new Map<PemKey, string>()
  for (const key of pemKeys) {
    const [text, path] = textOf(keeper, key, readText, problems)
    if (text === null) continue
    pem.set(key, text)
    const trouble = key === 'tls.key' ? keyTrouble(text) : certificateTrouble(text)
    if (trouble !== '') problems.push({ path, message: trouble })
  }
  const [chain, key] = [pem.get('tls.crt'), pem.get('tls.key')]
  const isTls = keeper.spec.type === 'kubernetes.io/tls'
  if (isTls && chain === undefined) problems.push(missing('tls.crt'))
  if (isTls && key === undefined) problems.push(missing('tls.key'))
  if (problems.length === 0 && chain !== undefined && key !== undefined && !belongTogether(chain, key)) {
    const message = 'found a key that is not that of the certificate tls.crt, expected its own'
    problems.push({ path: placeOf(keeper, 'tls.key'), message })
  }
  return { keeper, pem, problems }
}

/** The text under a key and the field that it stands in; null when it is not given. */
function textOf(
  keeper: Keeper,
  key: PemKey,
  readText: (path: string) => string,
  problems: FieldProblem[],
): [string | null, readonly string[]] {
  const path = placeOf(keeper, key)
  const { stringData, data } = keeper.spec
  const file = keeper.metadata.annotations?.[`${FILE_ANNOTATION}${key}`]
  if (file !== undefined) {
    try {
      return [readText(file), path]
    } catch (error) {
      problems.push({
        path,
        message: `cannot read ${JSON.stringify(file)}: ${describeError(error)}, expected a PEM file`,
      })
      return [null, path]
    }
  }
  if (stringData?.[key] !== undefined) return [stringData[key], path]
  const plain = data?.[key]
  if (plain === undefined) return [null, path]
  return [keeper.kind === 'Secret' ? Buffer.from(plain, 'base64').toString('utf8') : plain, path]
}

function placeOf({ metadata, spec }: Keeper, key: PemKey): readonly string[] {
  const annotation = `${FILE_ANNOTATION}${key}`
  if (metadata.annotations?.[annotation] !== undefined) return ['metadata', 'annotations', annotation]
  return spec.stringData?.[key] === undefined ? ['data', key] : ['stringData', key]
}

function missing(key: PemKey): FieldProblem {
  const message = `missing, expected it in stringData, in data, or a file in the annotation ${FILE_ANNOTATION}${key}`
  return { path: ['data', key], message }
}

function certificateTrouble(pem: string): string {
  const parts = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  if (parts.length === 0) return 'found no certificate, expected PEM with BEGIN CERTIFICATE'
  try {
    for (const part of parts) void new X509Certificate(part)
    return ''
  } catch (error) {
    return `found a certificate that cannot be read: ${describeError(error)}, expected X.509 as PEM`
  }
}

/** Without a word of the key itself. */
function keyTrouble(pem: string): string {
  try {
    createPrivateKey(pem)
    return ''
  } catch {
    return 'found something else, expected a private key as PEM without a password'
  }
}

function belongTogether(chain: string, key: string): boolean {
  return new X509Certificate(chain).checkPrivateKey(createPrivateKey(key))
}
