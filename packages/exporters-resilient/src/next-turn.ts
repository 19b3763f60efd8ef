/** Lets the event loop do other work first. Resolves in its next turn. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    try {
      if (typeof globalThis.setImmediate === 'function') {
        globalThis.setImmediate(resolve);
        return;
      }
    } catch {
      // An edge runtime has the name of what it does not support, and throws when it is called.
    }
    // Waits at least a millisecond, and four in browsers.
    setTimeout(resolve, 0);
  });
}
