/** Also of what throws wherever it is touched, which is none. */
export function isError(value: unknown): value is Error {
  try {
    return value instanceof Error;
  } catch {
    return false;
  }
}

export interface ErrorTexts {
  readonly type: string | undefined;
  readonly message: string | undefined;
  readonly stack: string | undefined;
}

/** What of an error can be read, and is text. */
export function errorTexts(error: Error): ErrorTexts {
  return {
    type: textIn(error, 'name'),
    message: textIn(error, 'message'),
    stack: textIn(error, 'stack'),
  };
}

function textIn(error: Error, key: 'name' | 'message' | 'stack'): string | undefined {
  try {
    const text: unknown = error[key];
    return typeof text === 'string' ? text : undefined;
  } catch {
    return undefined;
  }
}
