import type { Usage } from './usage.ts';

const told = new WeakMap<object, Usage | undefined>();
const ownTotals = new WeakSet<object>();

/**
 * On the span itself, as a set of weak references costs a twentieth of a whole call; registered, so that another copy of this
 * package knows it.
 */
const OWN_CALL = Symbol.for('llm_otel.own_call');

interface Marked {
  [OWN_CALL]?: true;
}

/** The span is recorded here and counted for the run around it: that of a model call, or of an agent that tells what it used. */
export function noteOwnCall(span: object): void {
  try {
    (span as Marked)[OWN_CALL] = true;
  } catch {
    // Of a tracer whose spans take nothing, which no processor of the SDK sees.
  }
}

export function isOwnCall(span: object): boolean {
  return (span as Marked)[OWN_CALL] === true;
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

/** Another library's span that is no model call and tells what was used, below which no call told that. */
export function noteOwnTotals(span: object): void {
  ownTotals.add(span);
}

export function hasOwnTotals(span: object): boolean {
  return ownTotals.has(span);
}
