import { FailureLog } from '@llm-otel/core';

const failures = new FailureLog();
const WHAT = 'injecting the context';

/**
 * What `inject` makes of `message`: a copy with more members. What cannot have any, or cannot be copied, is passed on as it
 * is, without a context: the first one is logged.
 */
export function passOn<Message extends object, Copy extends Message>(
  message: Message,
  inject: () => Copy,
): Message | Copy {
  try {
    if (typeof message === 'object' && (message as unknown) !== null && !isContainer(message))
      return inject();
    failures.report(
      WHAT,
      `${nameOf(message)} cannot carry it: pass an object with members, such as { body }`,
    );
  } catch (error) {
    // A getter of the application's.
    failures.report(WHAT, error);
  }
  return message;
}

// What the platform keeps inside of these, by the names that it has for them in every realm.
const FILLED: ReadonlySet<string> = new Set(
  (
    'Array Map Set WeakMap WeakSet WeakRef ArrayBuffer SharedArrayBuffer Date RegExp Error Promise String Number Boolean ' +
    'Symbol BigInt URL URLSearchParams Headers FormData Blob File Request Response ReadableStream Generator AsyncGenerator'
  ).split(' '),
);

/** A copy of these would be none, or one whose methods throw: what is in them is not in members. */
function isContainer(value: object): boolean {
  return Array.isArray(value) || ArrayBuffer.isView(value) || FILLED.has(builtinName(value));
}

function nameOf(value: unknown): string {
  if (typeof value !== 'object' || value === null)
    return String(value === null ? value : typeof value);
  return `an object of the kind ${builtinName(value)}`;
}

function builtinName(value: object): string {
  return Object.prototype.toString.call(value).slice('[object '.length, -1);
}
