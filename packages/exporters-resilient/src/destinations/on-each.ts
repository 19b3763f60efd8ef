import type { DestinationTools, OpenDestination } from '../destination.ts';
import { exitNow } from '../exit-now.ts';

/** What a destination that is made of others does with all of them, the first one first. */
export function onEach(
  destinations: readonly OpenDestination[],
): Omit<OpenDestination, 'accept' | 'isAvailable'> {
  /** As often as there are destinations: what one of them gives up, another one has only then. */
  const inTurn = async (
    wait: (destination: OpenDestination) => Promise<void> | undefined,
  ): Promise<void> => {
    for (let i = 0; i < destinations.length; i++)
      await Promise.all(destinations.map(async (each) => wait(each)));
  };
  return {
    takesRequests: destinations.every((destination) => destination.takesRequests === true),
    forceFlush: () => inTurn((destination) => destination.forceFlush()),
    idleOrTroubled: () => inTurn((destination) => destination.idleOrTroubled()),
    drained: () => inTurn((destination) => destination.drained?.()),
    finish: () => inTurn((destination) => destination.finish?.()),
    isAtEase: () => destinations.every((destination) => destination.isAtEase?.() !== false),
    hurry(deadline) {
      for (const destination of destinations) destination.hurry(deadline);
    },
    secure() {
      for (const destination of destinations) destination.secure?.();
    },
    storedItems: () => destinations.reduce((sum, each) => sum + (each.storedItems?.() ?? 0), 0),
    async close(reason) {
      // One after the other: what the first one gives up, the next one still takes.
      for (const destination of destinations) await destination.close(reason);
    },
    exiting(reason) {
      for (const destination of destinations) exitNow(destination, reason);
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
