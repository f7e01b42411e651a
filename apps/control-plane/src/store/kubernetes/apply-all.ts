import { describeError, Failure } from '@weft/faults'
import { isApiFailure, type KubernetesClient, type KubernetesObject } from '@weft/kubernetes'
import type { ApplyOutcome } from '../resource-store.ts'

/** Who owns, in `managedFields`, what is applied here. */
export const FIELD_MANAGER = 'weft'
/** A field that this cluster's version of a kind does not know would silently have no effect: it is refused. */
const APPLY = { fieldManager: FIELD_MANAGER, force: true, isStrict: true }

/** One object of those that are applied together. */
export interface Wanted {
  /** As messages name it. */
  readonly id: string
  readonly path: string
  readonly object: KubernetesObject
  /** The version that the person read; '' when none was given. */
  readonly readVersion: string
}

export interface Applied {
  readonly wanted: Wanted
  readonly outcome: ApplyOutcome
  /** Null: it was not there. */
  readonly before: KubernetesObject | null
  readonly after: KubernetesObject
}

type Client = Pick<KubernetesClient, 'get' | 'apply' | 'replace' | 'remove'>

/** Another changed an object in between, of which no version was asked for: the whole may be tried again. */
export class Overtaken extends Failure {}

/**
 * Asks the API server what applying all of them comes to, and changes nothing: schemas, rights and webhooks have their
 * say here. Faults: those of the first that is refused, naming it; Failure `conflict` when one is not as it was read.
 */
export async function planAll(client: Client, all: readonly Wanted[]): Promise<Applied[]> {
  const plan: Applied[] = []
  for (const wanted of all) {
    if (plan.some((planned) => planned.wanted.path === wanted.path)) {
      throw new Failure('invalid_argument', `${wanted.id}: found twice in one change, expected each resource once`)
    }
    const before = await client.get(wanted.path)
    checkVersion(wanted, before)
    const options = { ...APPLY, dryRun: true }
    const after = await named(wanted, () => client.apply(wanted.path, wanted.object, options))
    const outcome = before === null ? 'created' : isSame(before, after) ? 'unchanged' : 'configured'
    plan.push({ wanted, outcome, before, after })
  }
  return plan
}

/**
 * Does what was planned, each object only if it still is as it was planned for. When one is refused after all, those
 * before it are put back, last first.
 *
 * The API server has no transactions. So: others may see some of the objects before the rest; and when the server, this
 * process or the connection fails in the middle, or another changes an object just then, putting back may fail too. The
 * Failure then names what stayed changed. What is refused for its content, rights or version is found by `planAll`, before
 * anything is changed.
 */
export async function applyAll(client: Client, plan: readonly Applied[]): Promise<Applied[]> {
  const done: Applied[] = []
  for (const planned of plan) {
    const { wanted, before, outcome } = planned
    if (outcome === 'unchanged') {
      done.push({ ...planned, after: before! })
      continue
    }
    const { resourceVersion } = before?.metadata ?? {}
    const metadata = { ...wanted.object.metadata, ...(resourceVersion === undefined ? {} : { resourceVersion }) }
    try {
      const after = await named(wanted, () => client.apply(wanted.path, { ...wanted.object, metadata }, APPLY))
      done.push({ ...planned, after })
    } catch (error) {
      const failure = await undone(client, done, error)
      const isOvertaken = failure.code === 'conflict' && wanted.readVersion === '' && failure.isWhole
      throw isOvertaken ? new Overtaken('conflict', failure.message, error) : failure
    }
  }
  return done
}

/** `isWhole`: nothing stayed changed. */
type Undone = Failure & { readonly isWhole: boolean }

/** The failure to hand up, after putting back what was done. */
async function undone(client: Client, done: readonly Applied[], cause: unknown): Promise<Undone> {
  const stayed: string[] = []
  for (const { wanted, before, after, outcome } of done.toReversed()) {
    if (outcome === 'unchanged') continue
    const { resourceVersion = '' } = after.metadata
    try {
      if (before === null) await client.remove(wanted.path, { resourceVersion })
      else await client.replace(wanted.path, { ...before, metadata: { ...before.metadata, resourceVersion } })
    } catch (error) {
      stayed.push(`${wanted.id} (${describeError(error)})`)
    }
  }
  const code = cause instanceof Failure ? cause.code : 'store_failed'
  const rest = stayed.length === 0 ? 'nothing was changed' : `these could not be put back: ${stayed.join('; ')}`
  return Object.assign(new Failure(code, `${describeError(cause)}; ${rest}`, cause), { isWhole: stayed.length === 0 })
}

function checkVersion({ id, readVersion }: Wanted, before: KubernetesObject | null): void {
  const found = before?.metadata.resourceVersion
  if (readVersion === '' || readVersion === found) return
  const state = found === undefined ? 'it is not stored' : `found ${found}`
  throw new Failure(
    'conflict',
    `${id}: resourceVersion: ${state}, expected ${readVersion}; read it again and apply the change to that`,
  )
}

async function named<T>({ id }: Wanted, call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    const message = isApiFailure(error, 'conflict')
      ? `${id}: changed while it was applied; apply it again`
      : `${id}: ${describeError(error)}`
    throw new Failure(error.code, message, error)
  }
}

/** Whether the server would store nothing new: bookkeeping apart, which every write touches. */
function isSame(a: KubernetesObject, b: KubernetesObject): boolean {
  const content = ({ metadata, ...rest }: KubernetesObject): string => {
    const { managedFields: _fields, resourceVersion: _version, generation: _generation, ...kept } = metadata
    return canonical({ ...rest, metadata: kept })
  }
  return content(a) === content(b)
}

/** JSON with the keys of every object in order: equal for equal values. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : part,
  )
}
