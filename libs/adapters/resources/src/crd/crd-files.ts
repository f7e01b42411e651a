import { stringify } from 'yaml'
import { customResourceDefinitions, WEFT_GROUP } from './custom-resource-definitions.ts'

const HEADER = '# Made from the schemas in libs/adapters/resources by `npm run crds`; do not edit.\n'

/** Name and text of each file of deploy/crds. */
export function crdFiles(): [name: string, text: string][] {
  return customResourceDefinitions().map((definition) => {
    const plural = definition.metadata.name.slice(0, definition.metadata.name.indexOf('.'))
    const text = stringify(definition, { lineWidth: 120, aliasDuplicateObjects: false, singleQuote: true })
    return [`${WEFT_GROUP}_${plural}.yaml`, HEADER + text]
  })
}
