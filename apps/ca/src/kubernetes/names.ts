/** What the CA keeps in the API server, all in the namespace of the mesh. */
export const names = {
  authorities: 'weft-ca',
  keyEncryptionKey: 'weft-ca-key',
  roots: 'weft-roots',
} as const

/** Whom a ServiceAccount token must be meant for. */
export const TOKEN_AUDIENCE = 'weft-ca'
