const LONGEST_TIMER = 2_147_483_647;

/**
 * Keeps a Node.js process from ending while `work` is awaited. Our timers never do, so a process whose last
 * line awaits a flush would otherwise end in the middle of it, as soon as nothing else keeps the event loop busy.
 */
export async function keepProcessAlive<T>(work: Promise<T>): Promise<T> {
  const timer = setInterval(() => undefined, LONGEST_TIMER);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}
