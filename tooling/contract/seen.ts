/** What an application sees of a value: enough to notice each difference, and nothing that changes between two runs. */
export function seen(value: unknown, depth: number = 0): unknown {
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'string')
    return (
      value
        .replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1')
        // A client may put the stack into a member of its errors.
        .replaceAll(/(contract-tests\.ts):\d+:\d+/g, '$1')
    );
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Error) return seenError(value, depth);
  if (value instanceof Response) return { class: 'Response', status: value.status };
  if (value instanceof Float32Array) return [...value];
  if (depth > 12) return 'deep';
  if (Array.isArray(value)) return value.map((item) => seen(item, depth + 1));
  const members = Object.entries(value).filter(([key]) => !volatile.has(key));
  const { constructor } = value as { constructor?: { name?: string } };
  return {
    class: constructor?.name,
    ...Object.fromEntries(members.map(([key, member]) => [key, seen(member, depth + 1)])),
  };
}

// Sockets, timers and headers with a date; the client itself.
const volatile = new Set([
  'headers',
  'client',
  '_client',
  'controller',
  'responsePromise',
  'date',
  'localPort',
  'remotePort',
  // Of the AWS SDK, which waits for as long as chance has it.
  'totalRetryDelay',
  // Of LangGraph, made anew each time.
  'pregelTaskId',
]);

function seenError(error: Error, depth: number): unknown {
  return {
    class: error.constructor.name,
    name: error.name,
    message: error.message,
    ...Object.fromEntries(
      Object.entries(error)
        .filter(([key]) => !volatile.has(key))
        .map(([key, member]) => [key, seen(member, depth + 1)]),
    ),
    cause: error.cause === undefined ? undefined : seen(error.cause, depth + 1),
  };
}
