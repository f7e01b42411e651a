import type { KubernetesObject } from '../object.ts'

/** Whether labels meet a label selector: `a=b,c!=d,e in (f,g),h notin (i),j,!k`. */
export function meetsLabels(selector: string, labels: Readonly<Record<string, string>> = {}): boolean {
  return terms(selector).every((term) => {
    const set = /^(\S+)\s+(in|notin)\s+\(([^)]*)\)$/.exec(term)
    if (set !== null) {
      const isIn = set[3]!
        .split(',')
        .map((value) => value.trim())
        .includes(labels[set[1]!] ?? '\0')
      return set[2] === 'in' ? isIn : !isIn
    }
    const compared = /^([^=!]+?)\s*(==|=|!=)\s*(.*)$/.exec(term)
    if (compared !== null) return (labels[compared[1]!] === compared[3]) === (compared[2] !== '!=')
    return term.startsWith('!') ? !Object.hasOwn(labels, term.slice(1)) : Object.hasOwn(labels, term)
  })
}

/** Whether an object meets a field selector: `spec.nodeName=a,status.phase!=Failed`. */
export function meetsFields(selector: string, object: KubernetesObject): boolean {
  return terms(selector).every((term) => {
    const [, path, operator, value] = /^([^=!]+)(==|=|!=)(.*)$/.exec(term) ?? []
    if (path === undefined) return false
    let found: unknown = object
    for (const step of path.split('.')) found = (found as Record<string, unknown> | undefined)?.[step]
    return (String(found ?? '') === value) === (operator !== '!=')
  })
}

function terms(selector: string): string[] {
  return (selector.match(/[^,(]+(\([^)]*\))?/g) ?? []).map((term) => term.trim()).filter((term) => term !== '')
}
