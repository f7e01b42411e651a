import type { Metadata } from '../resource.ts'

/** Order of resources of which one must go first: the oldest, then by `namespace/name`. Source: Gateway API, conflicts. */
export function byAge(a: { readonly metadata: Metadata }, b: { readonly metadata: Metadata }): number {
  return (
    compareText(a.metadata.creationTimestamp ?? '~', b.metadata.creationTimestamp ?? '~') ||
    compareText(nameOf(a), nameOf(b))
  )
}

function nameOf({ metadata }: { readonly metadata: Metadata }): string {
  return `${metadata.namespace}/${metadata.name}`
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
