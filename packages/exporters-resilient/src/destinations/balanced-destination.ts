import { requestBatch } from '../batch/request-batch.ts';
import type { Destination, OpenDestination } from '../destination.ts';
import { checkDestinations, checkName } from '../owner-options.ts';
import type { RequestPayload } from '../otlp/request-payload.ts';
import { partitionRequest } from '../otlp/partition-request.ts';
import { backlogOf, onEach } from './on-each.ts';
import { rendezvousOrder } from './rendezvous.ts';

/**
 * Spreads what it is given over several destinations of the same kind, by trace id: all spans and log records of a
 * trace go to the same one, and when one is away only its own traces move, until it is back. What a member would have to
 * drop goes to another one, once. Metrics, and records without a trace, all
 * go to one of them. The ledger counts all of them as one destination.
 * @throws InvalidOptionError for less than two, or two of one name
 */
export function balancedDestination(
  name: string,
  destinations: readonly Destination[],
): Destination {
  checkName(name);
  checkDestinations(destinations, 2);
  const names = destinations.map((destination) => destination.name);
  const all = names.map((_, index) => index);
  return {
    name,
    open(tools): OpenDestination {
      const isAvailable = (index: number): boolean => open[index]!.isAvailable?.() !== false;
      const target = (key: string, among: readonly number[] = all): number => {
        const order = rendezvousOrder(key, names).filter((index) => among.includes(index));
        return order.find(isAvailable) ?? order[0]!;
      };
      /** Requests that one member has given up already: the next one that does drops them. */
      const moved = new WeakSet<RequestPayload>();
      /** Parts on their way to another member. That one may have to give up something itself, for this one, and so on through both buffers. */
      const moving: [number, RequestPayload][] = [];
      const takeOver = (from: number, payload: RequestPayload, reason: string): boolean => {
        const others = all.filter((index) => index !== from);
        // One that is full may have what is less important.
        const isElsewhere = reason === 'buffer_full' || others.some(isAvailable);
        if (moved.has(payload) || !isElsewhere) return tools.takeOver?.(payload, reason) ?? false;
        const elsewhere = (key: string): number => target(key, others);
        const parts = partitionRequest(payload, elsewhere);
        // One after the other: each inside of the one before would need more stack than there is.
        const isMoving = moving.length > 0;
        for (const entry of parts) {
          moved.add(entry[1]);
          moving.push(entry);
        }
        if (isMoving) return true;
        for (const [index, part] of moving)
          tools.failures.guard('handing a request on', () =>
            open[index]!.accept(requestBatch(part)),
          );
        moving.length = 0;
        return true;
      };
      const open: readonly OpenDestination[] = destinations.map((destination, index) =>
        destination.open({
          ...tools,
          takeOver: (payload, reason) => takeOver(index, payload, reason),
          backlog: backlogOf(tools, destination.name),
        }),
      );
      return {
        accept(batch) {
          const encoded = tools.failures.guard('encoding a batch', () => batch.otlpRequests());
          const unreadable = encoded?.unreadable ?? batch.items;
          if (unreadable > 0) tools.ledger.dropped('encode_failed', unreadable);
          let taken = false;
          for (const request of encoded?.requests ?? []) {
            for (const [index, part] of partitionRequest(request, (key) => target(key)))
              taken = open[index]!.accept(requestBatch(part)) || taken;
            request.release();
          }
          return taken;
        },
        isAvailable: () => names.some((_, index) => isAvailable(index)),
        ...onEach(open),
      };
    },
  };
}
