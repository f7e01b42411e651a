import { buildAutomaton, type State } from './automaton.ts'
import { DFA_STATES_MAX, PATTERN_INPUT_MAX } from './limits.ts'
import { parsePattern } from './parse.ts'

/** A compiled pattern. */
export interface Pattern {
  readonly text: string
  /**
   * Whether the whole of `input` matches; never for one longer than PATTERN_INPUT_MAX. Time is linear in its length;
   * allocates only while it meets new states.
   */
  matches(input: string): boolean
}

/**
 * Compiles a pattern of a user; see parse.ts for the syntax.
 * Faults: Failure `pattern`, with the offset and what was expected.
 */
export function compilePattern(text: string): Pattern {
  const { states, start } = buildAutomaton(parsePattern(text), text)
  return new LazyDfa(text, states, start)
}

/** A set of automaton states that are reached together, and where each character leads. */
class DfaState {
  readonly members: readonly number[]
  readonly accepts: boolean
  /** Nothing further can match; the input so far may. */
  readonly isDead: boolean
  /** For ASCII; null until asked for the first time. Other characters are worked out each time. */
  readonly next: (DfaState | null)[]

  constructor(members: readonly number[], accepts: boolean) {
    this.members = members
    this.accepts = accepts
    this.isDead = members.length === 0
    this.next = new Array<DfaState | null>(128).fill(null)
  }
}

/** Determinizes as inputs demand: an adversary can make it forget (DFA_STATES_MAX), never take more than linear time. */
class LazyDfa implements Pattern {
  readonly text: string
  readonly #states: readonly State[]
  readonly #start: number
  readonly #known = new Map<string, DfaState>()
  #first: DfaState

  constructor(text: string, states: readonly State[], start: number) {
    this.text = text
    this.#states = states
    this.#start = start
    this.#first = this.#stateOf([start], true)
  }

  matches(input: string): boolean {
    if (input.length > PATTERN_INPUT_MAX) return false
    let state = this.#first
    for (let i = 0; i < input.length; i++) {
      if (state.isDead) return false
      const unit = input.charCodeAt(i)
      state = (unit < 128 ? state.next[unit] : null) ?? this.#step(state, unit)
    }
    return state.accepts
  }

  #step(from: DfaState, unit: number): DfaState {
    const reached: number[] = []
    for (const member of from.members) {
      const state = this.#states[member]!
      if (state.type === 'class' && includes(state, unit)) reached.push(state.next)
    }
    const to = this.#stateOf(reached, false)
    if (unit < 128) from.next[unit] = to
    return to
  }

  #stateOf(seeds: readonly number[], isStart: boolean): DfaState {
    const members = this.#closure(seeds, isStart, false)
    const key = `${isStart ? '^' : ''}${members.join(',')}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    if (this.#known.size >= DFA_STATES_MAX) this.#forget()
    const accepts = this.#closure(seeds, isStart, true).some((member) => this.#states[member]!.type === 'match')
    const state = new DfaState(
      members.filter((member) => this.#states[member]!.type === 'class'),
      accepts,
    )
    this.#known.set(key, state)
    return state
  }

  /** Old states stay valid for a match under way, and are collected when it is over. */
  #forget(): void {
    this.#known.clear()
    this.#first = this.#stateOf([this.#start], true)
  }

  /** Everything reachable without eating a character. `$` passes at the end of the input only, `^` at its start. */
  #closure(seeds: readonly number[], isStart: boolean, isEnd: boolean): number[] {
    const seen = new Set<number>()
    const open = [...seeds]
    while (open.length > 0) {
      const at = open.pop()!
      if (seen.has(at)) continue
      seen.add(at)
      const state = this.#states[at]!
      if (state.type === 'split') open.push(state.next, state.other)
      else if ((state.type === 'start' && isStart) || (state.type === 'end' && isEnd)) open.push(state.next)
    }
    return [...seen].sort((a, b) => a - b)
  }
}

function includes(state: State, unit: number): boolean {
  for (const range of state.ranges) if (unit >= range[0] && unit <= range[1]) return true
  return false
}
