import { safeJson } from '@llm-otel/llm-conventions';

/** Deeper, the order of the members counts. */
const MAX_DEPTH = 8;
/** Of all objects and lists together. A millisecond, about; no model writes as many. */
const MAX_MEMBERS = 2000;
/** Of all texts and names together. */
const MAX_CHARACTERS = 65_536;

/**
 * The same text for the same call: a model writes the members of its arguments in any order. Undefined where the arguments are so
 * large that the caller would wait for it.
 */
export function loopSignature(tool: string, callArguments: unknown): string | undefined {
  const budget = { members: MAX_MEMBERS, characters: MAX_CHARACTERS };
  if (!fits(callArguments, budget)) return undefined;
  return `tool ${tool} ${safeJson(inOrder(callArguments, 0))}`;
}

interface Budget {
  members: number;
  characters: number;
}

/** Whether a value is no larger than the budget; what is left of it is for what comes behind. A circle is larger than any. */
function fits(value: unknown, budget: Budget): boolean {
  if (typeof value === 'string') return (budget.characters -= value.length) >= 0;
  if (typeof value !== 'object' || value === null) return true;
  if (ArrayBuffer.isView(value)) return (budget.characters -= value.byteLength) >= 0;
  if (Array.isArray(value) || value instanceof Map || value instanceof Set) {
    const size = Array.isArray(value) ? value.length : value.size;
    if ((budget.members -= size) < 0) return false;
    for (const item of value) if (!fits(item, budget)) return false;
    return true;
  }
  // Not Object.keys, which looks at all of them.
  for (const name in value) {
    if (--budget.members < 0 || (budget.characters -= name.length) < 0) return false;
    if (!fits(Reflect.get(value, name), budget)) return false;
  }
  return true;
}

function inOrder(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null || depth === MAX_DEPTH) return value;
  if (Array.isArray(value)) return value.map((item) => inOrder(item, depth + 1));
  const prototype: unknown = Object.getPrototypeOf(value);
  // Dates, maps and the like have a JSON of their own.
  if (prototype !== Object.prototype && prototype !== null) return value;
  const names = Object.keys(value).toSorted();
  return Object.fromEntries(
    names.map((name) => [name, inOrder(Reflect.get(value, name), depth + 1)]),
  );
}
