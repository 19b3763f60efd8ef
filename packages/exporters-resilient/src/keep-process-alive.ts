const LONGEST_TIMER = 2_147_483_647;

/**
 * Keeps a Node.js process from ending while `work` is awaited. Our timers never do, so a process whose last
 * line awaits a shutdown would otherwise end in the middle of a wait for the next attempt.
 */
export async function keepProcessAlive<T>(work: Promise<T>): Promise<T> {
  const timer = setInterval(() => undefined, LONGEST_TIMER);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}

/** Keeps a Node.js process from ending for so long, or until what it returns is called. */
export function holdProcess(millis: number): () => void {
  const timer = setTimeout(() => undefined, millis);
  return () => clearTimeout(timer);
}
