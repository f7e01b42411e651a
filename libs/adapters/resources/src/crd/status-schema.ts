import type { StructuralSchema } from './structural-schema.ts'

const text = (description: string, maxLength: number): StructuralSchema => ({ type: 'string', description, maxLength })

/** Conditions as Kubernetes has them (metav1.Condition). */
export const statusSchema: StructuralSchema = {
  type: 'object',
  description: 'What became of it; written by the control plane.',
  properties: {
    conditions: {
      type: 'array',
      description: 'Accepted: it can be read and is given to the agents. ResolvedRefs: what it refers to is there.',
      maxItems: 16,
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['type'],
      items: {
        type: 'object',
        description: 'One aspect.',
        required: ['type', 'status', 'reason', 'message', 'lastTransitionTime'],
        properties: {
          type: text('Which aspect.', 316),
          status: { type: 'string', description: 'Whether it is so.', enum: ['True', 'False', 'Unknown'] },
          reason: { ...text('Why, in one word.', 1_024), minLength: 1 },
          message: text('Why, in words.', 32_768),
          lastTransitionTime: { type: 'string', description: 'Since when.', format: 'date-time' },
          observedGeneration: {
            type: 'integer',
            description: 'metadata.generation that was looked at.',
            format: 'int64',
            minimum: 0,
          },
        },
      },
    },
  },
}
