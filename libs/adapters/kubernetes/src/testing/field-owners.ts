type Fields = Record<string, unknown>

/**
 * Who set which field of one object: what server-side apply needs to know. Lists are one field, but for those whose
 * entries have a key of their own (`conditions` by type). Source: Kubernetes, "Server-Side Apply".
 */
export class FieldOwners {
  readonly #owners = new Map<string, Set<string>>()

  copy(): FieldOwners {
    const copy = new FieldOwners()
    for (const [path, owners] of this.#owners) copy.#owners.set(path, new Set(owners))
    return copy
  }

  /** A write of the whole object: who changes a field owns it alone. */
  updated(before: unknown, after: unknown, manager: string): void {
    const [former, latter] = [leavesOf(before), leavesOf(after)]
    for (const [path, value] of latter) {
      if (former.get(path) !== value) this.#owners.set(path, new Set([manager]))
    }
    for (const path of former.keys()) if (!latter.has(path)) this.#owners.delete(path)
  }

  /** Paths that others own with another value. */
  conflicts(before: unknown, applied: unknown, manager: string): string[] {
    const former = leavesOf(before)
    return [...leavesOf(applied)].flatMap(([path, value]) => {
      const isOthers = [...(this.#owners.get(path) ?? [])].some((owner) => owner !== manager)
      return isOthers && former.get(path) !== value ? [path] : []
    })
  }

  /** What the object becomes: the applied fields set, those that only this manager owned and gives no longer gone. */
  applied(before: Fields, applied: Fields, manager: string): Fields {
    const given = leavesOf(applied)
    const result = structuredClone(before)
    for (const [path, owners] of this.#owners) {
      if (!owners.has(manager) || given.has(path)) continue
      owners.delete(manager)
      if (owners.size > 0) continue
      this.#owners.delete(path)
      removeAt(result, JSON.parse(path) as string[])
    }
    for (const [path, value] of given) {
      const former = leavesOf(before).get(path)
      const owners = former === value ? (this.#owners.get(path) ?? new Set<string>()) : new Set<string>()
      this.#owners.set(path, owners.add(manager))
      setAt(result, JSON.parse(path) as string[], JSON.parse(value))
    }
    return result
  }
}

/** Path (as JSON) → value (as JSON) of everything in an object that is no object itself. */
function leavesOf(
  value: unknown,
  path: readonly string[] = [],
  leaves = new Map<string, string>(),
): Map<string, string> {
  const name = path.at(-1)
  if (name === 'conditions' && Array.isArray(value)) {
    for (const entry of value as Fields[]) leavesOf(entry, [...path, `type=${String(entry['type'])}`], leaves)
  } else if (value !== null && typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length > 0) {
    for (const [key, part] of Object.entries(value)) {
      if (path.length === 0 && ['apiVersion', 'kind'].includes(key)) continue
      if (path.length === 1 && name === 'metadata' && !['labels', 'annotations'].includes(key)) continue
      leavesOf(part, [...path, key], leaves)
    }
  } else if (value !== undefined) leaves.set(JSON.stringify(path), JSON.stringify(value))
  return leaves
}

function setAt(object: Fields, path: readonly string[], value: unknown): void {
  const parent = walk(object, path, true)
  if (parent !== null) parent[path.at(-1)!] = value
}

/** With the objects around it that hold nothing else. */
function removeAt(object: Fields, path: readonly string[]): void {
  for (let length = path.length; length > 1; length--) {
    const parent = walk(object, path.slice(0, length), false)
    if (parent === null) return
    delete parent[path[length - 1]!]
    if (Object.keys(parent).length > 0) return
  }
}

function walk(object: Fields, path: readonly string[], make: boolean): Fields | null {
  let at: Fields | Fields[] = object
  for (const [index, step] of path.slice(0, -1).entries()) {
    if (Array.isArray(at)) {
      const type = step.replace('type=', '')
      let entry: Fields | undefined = at.find((one) => one['type'] === type)
      if (entry === undefined) {
        if (!make) return null
        at.push((entry = { type }))
      }
      at = entry
      continue
    }
    const isList = path[index + 1]?.startsWith('type=') === true && step === 'conditions'
    if (at[step] === undefined || at[step] === null) {
      if (!make) return null
      at[step] = isList ? [] : {}
    }
    at = at[step] as Fields | Fields[]
  }
  return Array.isArray(at) ? null : at
}
