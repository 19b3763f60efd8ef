import type { Usage } from './usage.ts';

const calls = new WeakSet<object>();
const told = new WeakMap<object, Usage | undefined>();

/** The span is that of a model call that is recorded here, and counted for the run around it. */
export function noteOwnCall(span: object): void {
  calls.add(span);
}

export function isOwnCall(span: object): boolean {
  return calls.has(span);
}

/** Another library's span of a call that another span tells as well: one of ours around it, or one inside. `usage` is what that tells, if it is not all. */
export function noteToldElsewhere(span: object, usage?: Usage): void {
  told.set(span, usage);
}

export function isToldElsewhere(span: object): boolean {
  return told.has(span);
}

/** What of it is told elsewhere; undefined for all. */
export function usageToldElsewhere(span: object): Usage | undefined {
  return told.get(span);
}
