import { type Clock, systemClock, withTimeout } from '../clock.ts';
import { keepProcessAlive } from '../keep-process-alive.ts';
import type { TimeLimit } from '../sdk-types.ts';

/** Something that holds telemetry: a span processor, a meter provider. */
export interface FlushablePart {
  readonly name: string;
  forceFlush(options?: TimeLimit): Promise<unknown>;
  shutdown(options?: TimeLimit): Promise<unknown>;
}

/** Of a flush or a shutdown that is told none, for all of it. */
export const DEFAULT_TIMEOUT_MILLIS = 10_000;

/** How a flush or a shutdown went. */
export interface FlushReport {
  /** True when every part finished in time and without an error. */
  readonly complete: boolean;
  /** One sentence for each part that did not. */
  readonly problems: readonly string[];
}

/**
 * Does `action` on all parts at once. A part that is slow, that fails or that throws keeps no other from
 * finishing. Never rejects; after `timeoutMillis` the rest goes on without being waited for. The process lives until then.
 */
export async function onAllParts(
  parts: readonly FlushablePart[],
  action: 'forceFlush' | 'shutdown',
  timeoutMillis: number,
  clock: Clock = systemClock,
): Promise<FlushReport> {
  const outcomes = await keepProcessAlive(
    Promise.all(
      parts.map(async (part) => {
        try {
          const work = part[action]({ timeoutMillis });
          const outcome = await withTimeout(work, timeoutMillis, clock);
          return outcome === 'timeout'
            ? `${part.name}: ${action} did not finish within ${timeoutMillis} ms`
            : undefined;
        } catch (error) {
          return `${part.name}: ${action} failed: ${String(error)}`;
        }
      }),
    ),
  );
  const problems = outcomes.filter((problem) => problem !== undefined);
  return { complete: problems.length === 0, problems };
}

/**
 * Shuts the parts down, group by group: each group is flushed first, while it still takes telemetry, and shut
 * down then. All of it together takes `timeoutMillis`. A step that hangs uses up half of what is left, so that
 * every later part still has time to send what it can and to count what it drops.
 */
export async function shutdownInOrder(
  groups: readonly (readonly FlushablePart[])[],
  timeoutMillis: number,
  clock: Clock = systemClock,
): Promise<FlushReport> {
  const deadline = clock.monotonicMillis() + timeoutMillis;
  const steps = groups.flatMap((parts) =>
    parts.length === 0
      ? []
      : [{ parts, action: 'forceFlush' } as const, { parts, action: 'shutdown' } as const],
  );
  const problems: string[] = [];
  for (const [index, { parts, action }] of steps.entries()) {
    const left = Math.max(0, deadline - clock.monotonicMillis());
    const share = Math.ceil(index === steps.length - 1 ? left : left / 2);
    problems.push(...(await onAllParts(parts, action, share, clock)).problems);
  }
  return { complete: problems.length === 0, problems };
}
