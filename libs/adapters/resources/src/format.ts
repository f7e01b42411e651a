import { stringify } from 'yaml'
import type { Resource } from './resource.ts'

/** Text that {@link parseResources} reads back as the same resources: YAML documents, or a JSON object or List. */
export function formatResources(resources: readonly Resource[], format: 'yaml' | 'json'): string {
  if (format === 'json') {
    const value = resources.length === 1 ? resources[0] : { apiVersion: 'v1', kind: 'List', items: resources }
    return `${JSON.stringify(value, null, 2)}\n`
  }
  return resources.map((resource) => stringify(resource, { aliasDuplicateObjects: false, lineWidth: 0 })).join('---\n')
}
