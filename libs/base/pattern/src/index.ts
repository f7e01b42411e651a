// Regular expressions that match in time linear in the text, whatever the pattern; for patterns that users write.
// Not here: JavaScript's own RegExp, which backtracks and can take for ever.
// Start with pattern.ts; the syntax is in parse.ts.
export { compilePattern, type Pattern } from './pattern.ts'
export { PATTERN_CHARS_MAX, PATTERN_INPUT_MAX, PATTERN_STATES_MAX } from './limits.ts'
