import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import { nearest } from '@weft/config'
import { placeProblems } from './checks/place.ts'
import { kindsIn, kindTable, type Place } from './kinds.ts'
import { type FieldProblem, formatPath, ResourceProblems, shown } from './problem.ts'
import type { AnyResource, Metadata, Resource, ResourceKind } from './resource.ts'
import { describeSchemaError } from './schema-error.ts'
import { Check } from './checks/check.ts'

const ajv = new Ajv({ allErrors: true, verbose: true, ownProperties: true, strictTypes: false })
ajv.addKeyword('expected')
const validators = new Map<ResourceKind, ValidateFunction>()

/**
 * Checks a plain value in full and copies it as a resource: namespace filled in, `status` and `uid` left out. Fields
 * that the store sets are kept as given; the store decides about them.
 *
 * Faults: ResourceProblems (code `invalid_argument`) with everything that is wrong.
 */
export function validateResource(value: unknown, source = 'resource'): Resource {
  const problems = findProblems(value, 'mesh')
  if (problems.length > 0) {
    throw new ResourceProblems(
      problems.map(({ path, message }) => ({ source, line: 0, column: 0, field: formatPath(path), message })),
    )
  }
  return resourceFrom(value) as Resource
}

/** Of what {@link findProblems} accepts. */
export function resourceFrom(value: unknown): AnyResource {
  const { apiVersion, kind, metadata, spec: under, ...beside } = structuredClone(value) as AnyResource
  // A Secret and a ConfigMap have their content beside metadata.
  const spec = kind === 'Secret' || kind === 'ConfigMap' ? beside : under
  const { name, namespace, labels, annotations, generation, resourceVersion, creationTimestamp } =
    metadata as Partial<Metadata>
  const kept = {
    name,
    namespace: namespace ?? 'default',
    labels,
    annotations,
    generation,
    resourceVersion,
    creationTimestamp,
  }
  const given = Object.fromEntries(Object.entries(kept).filter(([, field]) => field !== undefined))
  return { apiVersion, kind, metadata: given, spec } as unknown as AnyResource
}

/** Everything that is wrong with a value as a resource; empty when nothing is. */
export function findProblems(value: unknown, place: Place): FieldProblem[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [{ path: [], message: `found ${shown(value)}, expected an object with apiVersion, kind, metadata and spec` }]
  }
  const { kind, apiVersion } = value as { kind?: unknown; apiVersion?: unknown }
  const entry = kindTable[kind as ResourceKind]
  if (typeof kind !== 'string' || !Object.hasOwn(kindTable, kind)) {
    const kinds = kindsIn(place)
    const guess = typeof kind === 'string' ? nearest(kind, kinds) : ''
    return [{ path: ['kind'], message: `found ${shown(kind)}${guess}, expected one of ${kinds.join(', ')}` }]
  }
  if (!entry.places.includes(place)) return [misplaced(entry.kind, place)]
  if (!entry.apiVersions.includes(apiVersion as string)) {
    const expected = entry.apiVersions.join(' or ')
    return [{ path: ['apiVersion'], message: `found ${shown(apiVersion)}, expected ${expected} for ${kind}` }]
  }
  const validate = validatorOf(entry.kind)
  if (!validate(value)) return distinct((validate.errors ?? []).map(problemOf))
  const resource = resourceFrom(value)
  const check = new Check()
  check.labelKeys(['metadata', 'labels'], resource.metadata.labels)
  check.labelKeys(['metadata', 'annotations'], resource.metadata.annotations)
  check.problems.push(...placeProblems(resource, place))
  return [...check.problems, ...(entry.check as (resource: AnyResource) => FieldProblem[])(resource)]
}

function misplaced(kind: ResourceKind, place: Place): FieldProblem {
  const where = place === 'mesh' ? 'is for `weft proxy -f`, not for a mesh' : 'is for a mesh, not for `weft proxy`'
  return { path: ['kind'], message: `found ${kind}, which ${where}: expected one of ${kindsIn(place).join(', ')}` }
}

function validatorOf(kind: ResourceKind): ValidateFunction {
  let validate = validators.get(kind)
  if (validate === undefined) validators.set(kind, (validate = ajv.compile(kindTable[kind].schema)))
  return validate
}

function problemOf(error: ErrorObject): FieldProblem {
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => (/^(0|[1-9][0-9]*)$/.test(step) ? Number(step) : step))
  return describeSchemaError(error, path)
}

/** One problem per field: a value that is wrong in two ways is one value to change. */
function distinct(problems: readonly FieldProblem[]): FieldProblem[] {
  return [...new Map(problems.toReversed().map((problem) => [formatPath(problem.path), problem])).values()].toReversed()
}
