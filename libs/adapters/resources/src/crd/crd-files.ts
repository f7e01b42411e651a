import { stringify } from 'yaml'
import { customResourceDefinitions, WEFT_GROUP } from './custom-resource-definitions.ts'

const HEADER = '# Made from the schemas in libs/adapters/resources by `npm run crds`; do not edit.\n'

/** Name and text of each file of deploy/crds. */
export function crdFiles(): [name: string, text: string][] {
  return customResourceDefinitions().map((definition) => {
    const plural = definition.metadata.name.slice(0, definition.metadata.name.indexOf('.'))
    // Those who read it read YAML 1.1, in which an unquoted Off is a truth value.
    const style = { version: '1.1', lineWidth: 120, aliasDuplicateObjects: false, singleQuote: true } as const
    const text = stringify(definition, style)
    return [`${WEFT_GROUP}_${plural}.yaml`, HEADER + text]
  })
}
