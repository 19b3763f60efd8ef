import { errorTexts, isError, stackWithCauses } from './error-texts.ts';

/** The attributes of the conventions for an error, and none for anything else. */
export function exceptionAttributes(error: unknown): Record<string, string> {
  if (!isError(error)) return {};
  const { type, message } = errorTexts(error);
  const stack = stackWithCauses(error);
  return {
    ...(type === undefined ? {} : { 'exception.type': type }),
    ...(message === undefined ? {} : { 'exception.message': message }),
    ...(stack === undefined ? {} : { 'exception.stacktrace': stack }),
  };
}
