// Joins two streams of octets, with half-close, back-pressure, idle timeout and counts.
// Not here: bodies of HTTP messages (proxy/http), and choosing whom to join with (the agent's outbound and inbound).
// Start with relay.ts.
export * from './relay.ts'
