import { parse, parseAllDocuments, stringify, type Document } from 'yaml'

/** Helm and kubectl read YAML 1.1, in which `Off` is a truth value: what is written here must be read alike by both. */
const version = { version: '1.1' } as const

export function readYaml(text: string): unknown {
  return parse(text, version) as unknown
}

export function readDocuments(text: string): Document[] {
  return parseAllDocuments(text, version) as Document[]
}

/** One document, ending in a newline. */
export function writeYaml(value: unknown): string {
  return stringify(value, { ...version, lineWidth: 0 })
}
