/** The attributes of the conventions for an error, and none for anything else. */
export function exceptionAttributes(error: unknown): Record<string, string> {
  if (!(error instanceof Error)) return {};
  return {
    'exception.type': error.name,
    'exception.message': error.message,
    ...(error.stack === undefined ? {} : { 'exception.stacktrace': error.stack }),
  };
}
