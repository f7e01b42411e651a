/** A decoded message as plain data with every field present, defaults included, for printing as JSON or YAML. */
export function plainMessage(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainMessage)
  if (typeof value !== 'object' || value === null) return value
  const plain: Record<string, unknown> = {}
  // Defaults are on the prototype of generated classes, hence `in` and not own keys.
  for (const key in value) {
    const field = (value as Record<string, unknown>)[key]
    if (typeof field !== 'function' && !key.startsWith('$')) plain[key] = plainMessage(field)
  }
  return plain
}
