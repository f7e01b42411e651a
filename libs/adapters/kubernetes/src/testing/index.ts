export { FakeApiServer, type FakeRequest, type FakeTokenReview } from './fake-api-server.ts'
export { builtInKinds, meshKinds, type FakeKind } from './fake-kinds.ts'
export { RealApiServer } from './real-api-server.ts'
