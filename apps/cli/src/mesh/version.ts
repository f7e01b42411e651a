import manifest from '../../../../package.json' with { type: 'json' }

/** Version of the whole product: one repository, one number. */
export const weftVersion: string = manifest.version
