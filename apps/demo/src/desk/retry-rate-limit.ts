import { setTimeout as sleep } from 'node:timers/promises';

/** Runs `attempt` again when the provider answers 429, after the time it asks for. Other errors pass through. */
export async function retryRateLimit<T>(attempt: () => Promise<T>, maxAttempts = 3): Promise<T> {
  for (let attempts = 1; ; attempts++) {
    try {
      return await attempt();
    } catch (error) {
      const waitMillis = rateLimitWait(error);
      if (waitMillis === undefined || attempts === maxAttempts) throw error;
      await sleep(waitMillis);
    }
  }
}

const LONGEST_WAIT_MILLIS = 20_000;

/** How long a 429 asks to wait; one second when it does not say. `undefined` for any other error. */
function rateLimitWait(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('status' in error) || error.status !== 429)
    return undefined;
  const headers =
    'headers' in error && error.headers instanceof Headers ? error.headers : undefined;
  const millis = Number(headers?.get('retry-after-ms') ?? Number.NaN);
  const seconds = Number(headers?.get('retry-after') ?? 1);
  const wait = Number.isFinite(millis) ? millis : seconds * 1000;
  return Math.min(Number.isFinite(wait) ? wait : 1000, LONGEST_WAIT_MILLIS);
}
