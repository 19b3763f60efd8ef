import { safeJson } from '@llm-otel/llm-conventions';

/** Deeper, the order of the members counts. */
const MAX_DEPTH = 8;

/** The same text for the same call: a model writes the members of its arguments in any order. */
export function loopSignature(tool: string, callArguments: unknown): string {
  return `tool ${tool} ${safeJson(inOrder(callArguments, 0))}`;
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
