/** Length of a pattern as written. */
export const PATTERN_CHARS_MAX = 1024
/** States of the automaton: `a{1000}` is 1000 of them. */
export const PATTERN_STATES_MAX = 1024
/** `x{n}` at most. Source: RE2's limit. */
export const REPEAT_MAX = 1000
/** Groups within groups. */
export const DEPTH_MAX = 64
/** Remembered sets of states per pattern; past it the memory starts anew. */
export const DFA_STATES_MAX = 1000
/** Longer inputs do not match; a caller for whom that would be unsafe asks first. */
export const PATTERN_INPUT_MAX = 16_384
