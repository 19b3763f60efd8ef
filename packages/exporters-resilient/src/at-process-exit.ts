/** Something that still has telemetry in its hands when a process ends without a shutdown. */
export interface Exiting {
  /** The last that happens: there are no promises and no timers any more. Never throws. */
  exiting(): void;
}

interface ProcessEvents {
  on?(event: 'exit', listener: () => void): unknown;
  off?(event: 'exit', listener: () => void): unknown;
}

// One listener for all of them: Node.js warns of more than ten.
const owners = new Set<WeakRef<Exiting>>();

function onExit(): void {
  for (const owner of owners) owner.deref()?.exiting();
}

/**
 * Calls `owner.exiting()` when the process, or the worker thread, ends by itself, by `process.exit()` or by an exception; not
 * when a signal kills it. What is forgotten before is not kept for it. Returns what ends that. Does nothing where there is no process, as in a browser.
 */
export function atProcessExit(owner: Exiting): () => void {
  const { process } = globalThis as { readonly process?: ProcessEvents };
  if (typeof process?.on !== 'function') return () => undefined;
  for (const other of owners) if (other.deref() === undefined) owners.delete(other);
  if (owners.size === 0) {
    process.off?.('exit', onExit);
    process.on('exit', onExit);
  }
  const reference = new WeakRef(owner);
  owners.add(reference);
  return () => {
    owners.delete(reference);
    if (owners.size === 0) process.off?.('exit', onExit);
  };
}
