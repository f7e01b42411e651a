/** Source: Kubernetes, syntax and character set of labels. */
const LABEL_KEY = /^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/
const LABEL_VALUE = /^([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/

/** How many ports and labels a workload may have. */
export const WORKLOAD_PORTS_MAX = 64
export const WORKLOAD_LABELS_MAX = 64

export function isLabelKey(text: string): boolean {
  return LABEL_KEY.test(text)
}

export function isLabelValue(text: string): boolean {
  return LABEL_VALUE.test(text)
}
