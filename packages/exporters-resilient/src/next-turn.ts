/** Lets the event loop do other work first. Resolves in its next turn. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    // setTimeout waits at least a millisecond, and four in browsers.
    if (typeof globalThis.setImmediate === 'function') globalThis.setImmediate(resolve);
    else setTimeout(resolve, 0);
  });
}
