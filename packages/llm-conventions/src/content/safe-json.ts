/**
 * `JSON.stringify` that answers for any value: a cycle becomes `"[circular]"`, a bigint its digits, and a member
 * whose getter or `toJSON` throws `"[unreadable]"`. A value JSON has no form for becomes `null`.
 */
export function safeJson(value: unknown): string {
  try {
    return jsonText(value);
  } catch {
    // Only hostile values come here, so that plain ones cost nothing extra.
    return jsonText(readable(value, []));
  }
}

/** Undefined, functions and symbols have no JSON text, whatever the type of JSON.stringify says. */
function jsonText(value: unknown): string {
  const text: string | undefined = JSON.stringify(value);
  return text ?? 'null';
}

// Deeper nesting would overflow the stack of JSON.stringify.
const MAX_DEPTH = 200;

/** A copy that `JSON.stringify` cannot fail on. `ancestors` are the objects around `value`. */
function readable(value: unknown, ancestors: readonly object[]): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (ancestors.includes(value)) return '[circular]';
  if (ancestors.length >= MAX_DEPTH) return '[too deep]';
  const around = [...ancestors, value];
  try {
    const toJson: unknown = (value as { toJSON?: unknown }).toJSON;
    if (typeof toJson === 'function') return readable(toJson.call(value), around);
    if (Array.isArray(value)) return value.map((item) => readable(item, around));
    const keys = Object.keys(value);
    return Object.fromEntries(
      keys.map((key) => [key, readable(member(value, key), around)] as const),
    );
  } catch {
    return '[unreadable]';
  }
}

function member(value: object, key: string): unknown {
  try {
    return (value as Record<string, unknown>)[key];
  } catch {
    return '[unreadable]';
  }
}
