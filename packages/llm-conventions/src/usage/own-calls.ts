const calls = new WeakSet<object>();
const told = new WeakSet<object>();

/** The span is that of a model call that is recorded here, and counted for the run around it. */
export function noteOwnCall(span: object): void {
  calls.add(span);
}

export function isOwnCall(span: object): boolean {
  return calls.has(span);
}

/** Another library's span of a call that another span tells as well: one of ours around it, or one inside. */
export function noteToldElsewhere(span: object): void {
  told.add(span);
}

export function isToldElsewhere(span: object): boolean {
  return told.has(span);
}
