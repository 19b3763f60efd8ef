import { overrideMember } from './override-member.ts';

/** A method of a client or of one of its resources: `client.chat.completions.create(body, options)`. */
export type ResourceMethod = (this: unknown, ...args: unknown[]) => unknown;

// Known to every copy of this package: one may be bundled with the application, and another one loaded by `register`.
// `llm-otel doctor` looks for a mark of this name.
const ORIGINAL = Symbol.for('llm-otel original');

/** Marks `observed` as what stands in the place of `original`, with the same name and number of parameters. */
export function markObserved(observed: ResourceMethod, original: ResourceMethod): void {
  overrideMember(observed, ORIGINAL, original);
  overrideMember(observed, 'name', original.name);
  overrideMember(observed, 'length', original.length);
}

// More instrumentations than cover each other; a bound all the same.
const MAX_COVERS = 8;

/** Whether a method is observed already, by itself or behind what other instrumentations have put in its place since. */
export function isObserved(method: unknown): boolean {
  let at = method;
  for (let covers = 0; typeof at === 'function' && covers < MAX_COVERS; covers++) {
    if (ORIGINAL in at) return true;
    // What upstream's instrumentations keep of the method they have covered.
    at = (at as { readonly __original?: unknown }).__original;
  }
  return false;
}

/** The client's own method behind an observed one. */
export function originalOf(method: unknown): ResourceMethod | undefined {
  return typeof method === 'function' && ORIGINAL in method
    ? (method[ORIGINAL] as ResourceMethod)
    : undefined;
}
