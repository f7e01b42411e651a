// Which rule of a service's routes a request meets, and which of its backends: compiled once, asked per request.
// Not here: choosing an endpoint of the backend (decision/balancer), changing headers and paths (proxy/layers).
// Start with compiled-route.ts.
export * from './compiled-route.ts'
export { compilePath, type PathMatcher } from './path-matcher.ts'
export { compileText, type TextMatcher } from './text-matcher.ts'
