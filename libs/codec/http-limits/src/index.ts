// The limits of HTTP as settings: what clients and upstreams may make us hold, do and wait for, with bounds and defaults.
// Not here: what obeys them (codec/http1, codec/http2, proxy/http) and what a TrafficPolicy limits (model/traffic).
// Start with http-limits.ts; each setting is in one of the tables beside it.
export * from './http-limits.ts'
export { httpSettings, type HttpSettings } from './settings.ts'
