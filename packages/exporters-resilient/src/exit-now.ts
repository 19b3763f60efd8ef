import type { OpenDestination } from './destination.ts';

/** Closes a destination without waiting for anything. One that can only close with promises does what it can before the first of them. */
export function exitNow(destination: OpenDestination, reason: string): void {
  if (destination.exiting !== undefined) destination.exiting(reason);
  // At the end of a process a rejection would be one that nobody handles.
  else destination.close(reason).catch(() => undefined);
}
