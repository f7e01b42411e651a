import type { ServiceReference, WebhookObject } from './objects.ts'

const PORT_DEFAULT = 443
const WORDS_MAX = 1_000

/** A port of a Service that the API server calls: admission and conversion webhooks, aggregated APIs. */
export interface WebhookTarget {
  /** `namespace/name`. */
  readonly service: string
  readonly port: number
}

/** The ports that an object makes the API server call; each once. */
export function webhookTargets({ webhooks, spec }: WebhookObject): WebhookTarget[] {
  const references: (ServiceReference | null | undefined)[] = [
    ...(webhooks ?? []).slice(0, WORDS_MAX).map(({ clientConfig }) => clientConfig?.service),
    spec?.conversion?.webhook?.clientConfig?.service,
    spec?.service,
  ]
  const targets = new Map<string, WebhookTarget>()
  for (const reference of references) {
    if (reference == null) continue
    const { namespace, name, port = PORT_DEFAULT } = reference
    targets.set(`${namespace}/${name}:${port}`, { service: `${namespace}/${name}`, port })
  }
  return [...targets.values()]
}
