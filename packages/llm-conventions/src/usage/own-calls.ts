const calls = new WeakSet<object>();
const given = new WeakSet<object>();

/** The span is that of a model call that is recorded here, and counted for the run around it. */
export function noteOwnCall(span: object): void {
  calls.add(span);
}

export function isOwnCall(span: object): boolean {
  return calls.has(span);
}

/** Another library's span of a call inside one of ours, which tells what that used. */
export function noteToldAround(span: object): void {
  given.add(span);
}

export function isToldAround(span: object): boolean {
  return given.has(span);
}
