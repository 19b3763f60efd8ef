import type { DestinationTools, OpenDestination } from '../destination.ts';

/** What a destination that is made of others does with all of them, the first one first. */
export function onEach(
  destinations: readonly OpenDestination[],
): Omit<OpenDestination, 'accept' | 'isAvailable'> {
  return {
    async forceFlush() {
      await Promise.all(destinations.map((destination) => destination.forceFlush()));
    },
    async idleOrTroubled() {
      await Promise.all(destinations.map((destination) => destination.idleOrTroubled()));
    },
    async drainedOrTroubled() {
      await Promise.all(destinations.map(async (destination) => destination.drainedOrTroubled?.()));
    },
    hurry() {
      for (const destination of destinations) destination.hurry();
    },
    secure() {
      for (const destination of destinations) destination.secure?.();
    },
    async close(reason) {
      // One after the other: what the first one gives up, the next one still takes.
      for (const destination of destinations) await destination.close(reason);
    },
  };
}

/** Each member of a destination has a place of its own in the spool. */
export function backlogOf(
  { backlog }: DestinationTools,
  member: string,
): DestinationTools['backlog'] {
  return backlog && ((codec) => backlog(codec, member));
}
