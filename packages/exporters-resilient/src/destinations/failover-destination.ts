import { requestBatch } from '../batch/request-batch.ts';
import type { Destination, DestinationTools, OpenDestination } from '../destination.ts';
import { checkDestinations, checkName } from '../owner-options.ts';
import type { RequestPayload } from '../otlp/request-payload.ts';
import { backlogOf, onEach } from './on-each.ts';

/**
 * A chain: everything goes to the first destination while that one is there. While its circuit is open or its buffer
 * full, or where it has asked for a pause longer than `breaker.resetMillis`, it goes to the next; and so does what it would
 * have to drop. Once the reset time is over, one request at a time asks whether it is back. The ledger counts the chain as one destination.
 * @throws InvalidOptionError for a chain of less than two
 */
export function failoverDestination(
  name: string,
  destinations: readonly Destination[],
): Destination {
  checkName(name);
  checkDestinations(destinations, 2);
  return { name, open: (tools) => openChain(destinations, tools) };
}

function openChain(destinations: readonly Destination[], tools: DestinationTools): OpenDestination {
  const open: OpenDestination[] = [];
  // From the last one back: each is told who comes after it.
  for (const destination of destinations.toReversed()) {
    const next = open[0];
    const takeOver =
      next === undefined
        ? tools.takeOver
        : (payload: RequestPayload) => {
            next.accept(requestBatch(payload));
            // Taken or not, the next one has accounted for it.
            return true;
          };
    open.unshift(
      destination.open({ ...tools, takeOver, backlog: backlogOf(tools, destination.name) }),
    );
  }
  return {
    accept(batch) {
      const there = open.find((destination) => destination.isAvailable?.() !== false);
      return (there ?? open[0]!).accept(batch);
    },
    isAvailable: () => open.some((destination) => destination.isAvailable?.() !== false),
    ...onEach(open),
  };
}
