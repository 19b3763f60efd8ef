/** `ECONNREFUSED` and the like. `fetch` hides it in the cause, whose name is what it says of an answer that is no HTTP. */
export function failureCode(error: unknown): string {
  let name = 'unknown error';
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') return at.code;
    if (at === error || at.name !== 'Error') ({ name } = at);
  }
  return name;
}
