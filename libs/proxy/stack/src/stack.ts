/** Takes an input to its outcome. Never rejects: expected trouble is a value, a rejection is a bug. */
export type Handler<In, Out> = (input: In) => Promise<Out>

/** Turns a handler into a handler. `In` and `Out` are what it offers, `NextIn` and `NextOut` what it asks of the one below. */
export type Layer<In, Out, NextIn = In, NextOut = Out> = (next: Handler<NextIn, NextOut>) => Handler<In, Out>

/**
 * Begins a stack, outermost layer first; `layer` adds the next one down, `serve` puts the leaf under all of them.
 *
 * Composed once, when configuration changes. A wrong order does not compile: each layer must take what the one above
 * hands on. Source: the stack of linkerd2-proxy, read the other way round.
 */
export function stack<In, Out, NextIn, NextOut>(
  outermost: Layer<In, Out, NextIn, NextOut>,
): Stack<In, Out, NextIn, NextOut> {
  return new Stack(outermost)
}

export class Stack<In, Out, NextIn, NextOut> {
  readonly #layers: Layer<In, Out, NextIn, NextOut>

  constructor(layers: Layer<In, Out, NextIn, NextOut>) {
    this.#layers = layers
  }

  layer<LowerIn, LowerOut>(inner: Layer<NextIn, NextOut, LowerIn, LowerOut>): Stack<In, Out, LowerIn, LowerOut> {
    const outer = this.#layers
    return new Stack((next: Handler<LowerIn, LowerOut>) => outer(inner(next)))
  }

  serve(leaf: Handler<NextIn, NextOut>): Handler<In, Out> {
    return this.#layers(leaf)
  }
}
