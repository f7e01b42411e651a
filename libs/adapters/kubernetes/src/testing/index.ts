export { FakeApiServer, type FakeTokenReview } from './fake-api-server.ts'
export type { FakeRequest } from './fake-request.ts'
export { builtInKinds, meshKinds, type FakeKind } from './fake-kinds.ts'
export { RealApiServer } from './real-api-server.ts'
