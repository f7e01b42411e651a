/** What a fake API server answers instead of an object. */
export class FakeRefusal extends Error {
  readonly status: number
  readonly reason: string
  readonly causes: readonly { readonly field: string; readonly message: string }[]

  constructor(status: number, reason: string, message: string, causes: FakeRefusal['causes'] = []) {
    super(message)
    this.status = status
    this.reason = reason
    this.causes = causes
  }

  body(): unknown {
    const { status: code, reason, message, causes } = this
    return { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message, details: { causes } }
  }
}
