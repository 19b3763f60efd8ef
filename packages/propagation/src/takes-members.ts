import { FailureLog } from '@llm-otel/core';

const failures = new FailureLog();

/**
 * Whether a copy of `message` can have more members. Anything else is passed on as it is, without a context: the first
 * one is logged.
 */
export function takesMembers(message: unknown): boolean {
  if (typeof message === 'object' && message !== null && !isContainer(message)) return true;
  failures.report(
    'injecting the context',
    `${nameOf(message)} cannot carry it: pass an object with members, such as { body }`,
  );
  return false;
}

/** A copy of these would be none: what is in them is not in members. */
function isContainer(value: object): boolean {
  return (
    Array.isArray(value) ||
    ArrayBuffer.isView(value) ||
    value instanceof ArrayBuffer ||
    value instanceof Map ||
    value instanceof Set
  );
}

function nameOf(value: unknown): string {
  if (value === null) return 'null';
  return typeof value === 'object' ? 'a list, a collection or bytes' : typeof value;
}
