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
 * when a signal kills it. What is forgotten before is not kept for it. Returns what ends that. Does nothing where there is no
 * process, as in a browser.
 */
export function atProcessExit(owner: Exiting): () => void {
  for (const other of owners) if (other.deref() === undefined) owners.delete(other);
  if (owners.size === 0 && !listen()) return () => undefined;
  const reference = new WeakRef(owner);
  owners.add(reference);
  return () => {
    owners.delete(reference);
    if (owners.size === 0) stopListening();
  };
}

/** False where there is no process, or one that only looks like it: an edge runtime has functions that throw. */
function listen(): boolean {
  try {
    const events = processEvents();
    if (typeof events?.on !== 'function') return false;
    stopListening();
    events.on('exit', onExit);
    return true;
  } catch {
    return false;
  }
}

function stopListening(): void {
  processEvents()?.off?.('exit', onExit);
}

function processEvents(): ProcessEvents | undefined {
  return (globalThis as { readonly process?: ProcessEvents }).process;
}
