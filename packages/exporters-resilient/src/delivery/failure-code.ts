/** `ECONNREFUSED` and the like. `fetch` hides it in the cause. */
export function failureCode(error: unknown): string {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') return at.code;
  }
  return error instanceof Error ? error.name : 'unknown error';
}
