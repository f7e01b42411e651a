import { randomBytes } from 'node:crypto'
import { Failure } from '@weft/faults'
import { isApiFailure } from '@weft/kubernetes'
import type { Logger } from '@weft/telemetry'
import { names } from './names.ts'
import { ownedMetadata, secretPath, type KubernetesPlace, type Secret } from './owned-object.ts'

const DATA_KEY = 'key'
const KEY_BYTES = 32
const CHARACTERS_MIN = 32

/**
 * The secret that encrypts keys at rest, from Secret `weft-ca-key`; made by chance where neither it nor the authorities exist.
 * Replicas agree: the one whose create comes second reads what the first has made.
 *
 * Faults: Failure `key_encryption_key`, which never quotes the secret; ApiFailure.
 */
export async function keyEncryptionSecret(place: KubernetesPlace, log: Logger): Promise<string> {
  const { client, namespace } = place
  const found = await client.get<Secret>(secretPath(namespace, names.keyEncryptionKey))
  if (found !== null) return secretOf(found)
  if ((await client.get(secretPath(namespace, names.authorities))) !== null) {
    throw refusal(
      namespace,
      `none, while Secret ${namespace}/${names.authorities} exists`,
      'the one it was encrypted with',
    )
  }
  const metadata = await ownedMetadata(place, names.keyEncryptionKey)
  const data = { [DATA_KEY]: Buffer.from(randomBytes(KEY_BYTES).toString('hex')).toString('base64') }
  try {
    const made = { apiVersion: 'v1', kind: 'Secret', type: 'Opaque', metadata, data }
    await client.create<Secret>(secretPath(namespace), made)
    log.info('made a new key-encryption key', { secret: `${namespace}/${names.keyEncryptionKey}` })
  } catch (error) {
    if (!isApiFailure(error, 'already_exists')) throw error
  }
  const stored = await client.get<Secret>(secretPath(namespace, names.keyEncryptionKey))
  if (stored === null) throw refusal(namespace, 'none right after it was made', 'it to stay')
  return secretOf(stored)
}

function secretOf({ metadata: { namespace = '' }, data }: Secret): string {
  const secret = Buffer.from(data?.[DATA_KEY] ?? '', 'base64')
    .toString('utf8')
    .trim()
  if (secret.length >= CHARACTERS_MIN) return secret
  const found = `${secret.length} characters under "${DATA_KEY}"`
  throw refusal(namespace, found, `${CHARACTERS_MIN} or more`)
}

function refusal(namespace: string, found: string, expected: string): Failure {
  const name = `${namespace}/${names.keyEncryptionKey}`
  return new Failure(
    'key_encryption_key',
    `Cannot use the key-encryption key in Secret ${name}: found ${found}, expected ${expected}`,
  )
}
