const calls = new WeakSet<object>();

/** The span is that of a model call that is recorded here, and counted for the run around it. */
export function noteOwnCall(span: object): void {
  calls.add(span);
}

export function isOwnCall(span: object): boolean {
  return calls.has(span);
}
