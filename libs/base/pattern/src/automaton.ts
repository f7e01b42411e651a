import { Failure } from '@weft/faults'
import { PATTERN_STATES_MAX } from './limits.ts'
import type { Node, Ranges } from './syntax.ts'

/** `split` goes on at both; `class` eats one code unit of its ranges; `start` and `end` eat nothing; `match` is the end. */
export interface State {
  readonly type: 'split' | 'class' | 'start' | 'end' | 'match'
  readonly ranges: Ranges
  next: number
  other: number
}

const NONE: Ranges = []

/**
 * States of an automaton that accepts exactly what the pattern means; state 0 is where it begins.
 * Faults: Failure `pattern` when it would need too many. Source: Thompson's construction; Cox, Regular Expression
 * Matching Can Be Simple And Fast.
 */
export function buildAutomaton(
  node: Node,
  text: string,
): { readonly states: readonly State[]; readonly start: number } {
  const states: State[] = []
  let builds = 0
  const refuse = (): never => {
    throw new Failure(
      'pattern',
      `Cannot compile pattern ${JSON.stringify(text)}: expected at most ${PATTERN_STATES_MAX} states, repetitions counted out`,
    )
  }
  const add = (type: State['type'], next: number, other = -1, ranges: Ranges = NONE): number => {
    if (states.length >= PATTERN_STATES_MAX) refuse()
    states.push({ type, ranges, next, other })
    return states.length - 1
  }

  /** Adds what accepts `part` and then goes on at `next`; returns where that begins. Built from the end backwards. */
  const build = (part: Node, next: number): number => {
    // Repetitions of nothing add no state, but a thousand of a thousand of them take time.
    if (++builds > 4 * PATTERN_STATES_MAX) refuse()
    switch (part.type) {
      case 'empty':
        return next
      case 'class':
        return add('class', next, -1, part.ranges)
      case 'start':
      case 'end':
        return add(part.type, next)
      case 'sequence':
        return part.parts.reduceRight((after, one) => build(one, after), next)
      case 'either':
        return part.options.map((option) => build(option, next)).reduceRight((other, one) => add('split', one, other))
      case 'repeat':
        return buildRepeat(part, next)
    }
  }

  const buildRepeat = (repeat: Node & { type: 'repeat' }, next: number): number => {
    let at = next
    if (repeat.max < 0) {
      at = add('split', -1, next)
      states[at]!.next = build(repeat.part, at)
    } else {
      for (let i = repeat.min; i < repeat.max; i++) at = add('split', build(repeat.part, at), next)
    }
    for (let i = 0; i < repeat.min; i++) at = build(repeat.part, at)
    return at
  }

  const start = build(node, add('match', -1))
  return { states, start }
}
