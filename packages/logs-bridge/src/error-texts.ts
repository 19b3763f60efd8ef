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

const MOST_CAUSES = 10;

/** The stack of an error, and behind it those of what caused it and of the errors that it gathers, as pino tells them. */
export function stackWithCauses(error: Error): string | undefined {
  const { stack } = errorTexts(error);
  if (stack === undefined) return undefined;
  const met = new Set<unknown>([error]);
  // A set is walked in the order of its members, those that are added meanwhile too.
  for (const one of met) {
    for (const cause of isError(one) ? causesOf(one) : []) {
      if (met.size <= MOST_CAUSES) met.add(cause);
    }
  }
  const [, ...causes] = met;
  return [stack, ...causes.map(textOfCause)].join('\ncaused by: ');
}

function textOfCause(cause: unknown): string {
  if (!isError(cause)) return cause as string;
  const { stack, message } = errorTexts(cause);
  return stack ?? message ?? '';
}

/** Errors, and texts: what else was thrown is in the error's map. */
function causesOf(error: Error): unknown[] {
  const errors = memberOf(error, 'errors');
  return [
    memberOf(error, 'cause'),
    ...(Array.isArray(errors) ? errors.slice(0, MOST_CAUSES) : []),
  ].filter((cause) => typeof cause === 'string' || isError(cause));
}

/** What an error may have without showing it among its members. */
export const HIDDEN_MEMBERS = ['cause', 'errors'] as const;

/** A getter is not called. */
function memberOf(error: Error, key: (typeof HIDDEN_MEMBERS)[number]): unknown {
  try {
    return Object.getOwnPropertyDescriptor(error, key)?.value as unknown;
  } catch {
    return undefined;
  }
}
