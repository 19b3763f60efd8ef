import { type Clock, systemClock } from '@llm-otel/core';

/** The load of this process, from 0 to 1. */
export type Load = () => number;

interface Utilisation {
  readonly idle: number;
  readonly active: number;
  readonly utilization: number;
}

/** What `performance` has in Node.js, also as a global. */
type EventLoopUtilisation = (now?: Utilisation, before?: Utilisation) => Utilisation;

const WINDOW_MILLIS = 1000;

/**
 * How busy the event loop has been, from 0 to 1: over the last second or more, up to the call before. 0 in runtimes that
 * do not say (anything but Node.js and what follows it).
 */
export function eventLoopLoad(
  clock: Clock = systemClock,
  read: EventLoopUtilisation | undefined = utilisationOfRuntime(),
): Load {
  if (read === undefined) return () => 0;
  let before = read();
  let readAt = clock.monotonicMillis();
  let load = 0;
  return () => {
    const now = clock.monotonicMillis();
    if (now - readAt >= WINDOW_MILLIS) {
      const after = read();
      const { utilization } = read(after, before);
      load = utilization >= 0 && utilization <= 1 ? utilization : 0;
      before = after;
      readAt = now;
    }
    return load;
  };
}

function utilisationOfRuntime(): EventLoopUtilisation | undefined {
  const { performance }: { performance?: { eventLoopUtilization?: EventLoopUtilisation } } =
    globalThis;
  const read = performance?.eventLoopUtilization;
  return typeof read === 'function' ? read.bind(performance) : undefined;
}
