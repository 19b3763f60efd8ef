// What a log record may hold: text, numbers, truth values, null, bytes, lists and maps of them.

const MAX_DEPTH = 8;
const MAX_MEMBERS = 1000;

interface Budget {
  bytes: number;
  members: number;
}

/**
 * `value` as a body or attribute of a log record: a copy that later changes do not reach. Dates are ISO texts, errors
 * have type, message and stack, big integers are texts, maps and sets are lists; cycles, functions, members that throw
 * and what is past `maxBytes` of text, 8 levels or 1000 members become a mark in brackets. Never throws.
 */
export function anyValue(value: unknown, maxBytes: number): unknown {
  return copied(value, 0, new Set(), { bytes: maxBytes, members: MAX_MEMBERS });
}

function copied(value: unknown, depth: number, above: Set<object>, budget: Budget): unknown {
  switch (typeof value) {
    case 'string':
      return cut(value, budget);
    case 'number':
    case 'boolean':
      return value;
    case 'bigint':
      return cut(value.toString(), budget);
    case 'undefined':
      return null;
    case 'function':
      return '[Function]';
    case 'symbol':
      return cut(String(value), budget);
    default:
      return value === null ? null : copiedObject(value as object, depth, above, budget);
  }
}

function copiedObject(value: object, depth: number, above: Set<object>, budget: Budget): unknown {
  if (above.has(value)) return '[Circular]';
  if (depth >= MAX_DEPTH) return '[Deep]';
  above.add(value);
  try {
    if (value instanceof Date)
      return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
    if (value instanceof Uint8Array) return bytes(value, budget);
    if (value instanceof Error) return fields(errorFields(value), depth, above, budget);
    if (value instanceof URL || value instanceof RegExp) return cut(String(value), budget);
    if (value instanceof Map || value instanceof Set) return list([...value], depth, above, budget);
    if (Array.isArray(value)) return list(value, depth, above, budget);
    return fields(value, depth, above, budget);
  } catch {
    return '[Throws]';
  } finally {
    above.delete(value);
  }
}

/** An error as a map, its own members after the three that all have. */
function errorFields(error: Error): object {
  const { name: type, message, stack } = error;
  return Object.assign({ type, message, stack }, error);
}

function list(
  values: readonly unknown[],
  depth: number,
  above: Set<object>,
  budget: Budget,
): unknown[] {
  const copy: unknown[] = [];
  for (const value of values) {
    if (--budget.members < 0) {
      copy.push('[More]');
      break;
    }
    copy.push(copied(value, depth + 1, above, budget));
  }
  return copy;
}

function fields(
  value: object,
  depth: number,
  above: Set<object>,
  budget: Budget,
): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    if (--budget.members < 0) {
      copy['[More]'] = true;
      break;
    }
    let member: unknown;
    try {
      member = (value as Record<string, unknown>)[key];
    } catch {
      member = '[Throws]';
    }
    // As JSON does it: what is undefined is not there.
    if (member === undefined) continue;
    const entry = {
      value: copied(member, depth + 1, above, budget),
      enumerable: true,
      configurable: true,
      writable: true,
    };
    // A key called __proto__ is a key here.
    Object.defineProperty(copy, cut(key, budget), entry);
  }
  return copy;
}

function bytes(value: Uint8Array, budget: Budget): unknown {
  if (value.length > budget.bytes) return `[${value.length} bytes]`;
  budget.bytes -= value.length;
  return new Uint8Array(value);
}

/** Characters are counted as a byte each: the bound is there to stop megabytes. */
function cut(text: string, budget: Budget): string {
  const kept = text.length > budget.bytes ? `${text.slice(0, budget.bytes).toWellFormed()}…` : text;
  budget.bytes = Math.max(0, budget.bytes - text.length);
  return kept;
}
