// Which rule of a service's routes a request meets, and which of its backends: compiled once, asked per request.
// Not here: choosing an endpoint of the backend (decision/balancer), applying what a rule says to a request (proxy/layers).
// Start with compiled-route.ts.
export * from './compiled-route.ts'
export { compilePath, type PathMatcher } from './path-matcher.ts'
export { compileText, type TextMatcher } from './text-matcher.ts'
export { PathChanger } from './path-change.ts'
export { Redirector } from './redirect.ts'
