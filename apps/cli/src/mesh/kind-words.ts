/** Kinds of a mesh as people type them, for completion; known without the schemas, which take a while to load. */
export const kindWords = [
  'service',
  'httproute',
  'grpcroute',
  'tcproute',
  'tlsroute',
  'referencegrant',
  'trafficpolicy',
  'authorizationpolicy',
]
