/**
 * What another system tells a process by a variable of its own, such as Kubernetes' KUBERNETES_SERVICE_HOST; '' when it
 * does not. Not for settings of ours: those are tables (@weft/config) that are documented.
 */
export function environmentValue(name: string): string {
  return process.env[name] ?? ''
}
