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

/** Whether a method is observed already. */
export function isObserved(method: unknown): boolean {
  return originalOf(method) !== undefined;
}

/** The client's own method behind an observed one. */
export function originalOf(method: unknown): ResourceMethod | undefined {
  return typeof method === 'function' && ORIGINAL in method
    ? (method[ORIGINAL] as ResourceMethod)
    : undefined;
}
