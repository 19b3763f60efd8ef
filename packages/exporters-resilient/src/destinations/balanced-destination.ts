import { InvalidOptionError } from '@llm-otel/core';
import { requestBatch } from '../batch/request-batch.ts';
import type { TelemetryBatch } from '../batch/telemetry-batch.ts';
import type { Destination, OpenDestination } from '../destination.ts';
import { RequestPayload } from '../otlp/request-payload.ts';
import { partitionRequest } from '../otlp/partition-request.ts';
import { backlogOf, onEach } from './on-each.ts';
import { rendezvousOrder } from './rendezvous.ts';

/**
 * Spreads what it is given over several destinations of the same kind, by trace id: all spans and log records of a
 * trace go to the same one, and when one is away only its own traces move. Metrics, and records without a trace, all
 * go to one of them. The ledger counts all of them as one destination.
 * @throws InvalidOptionError for less than two, or two of one name
 */
export function balancedDestination(
  name: string,
  destinations: readonly Destination[],
): Destination {
  const names = destinations.map((destination) => destination.name);
  if (new Set(names).size < Math.max(names.length, 2))
    throw new InvalidOptionError({
      option: 'destinations',
      value: names,
      use: 'at least two destinations, each with a name of its own: a trace is assigned by name',
    });
  return {
    name,
    open(tools): OpenDestination {
      const open = destinations.map((destination) =>
        destination.open({ ...tools, backlog: backlogOf(tools, destination.name) }),
      );
      const target = (key: string): number => {
        const order = rendezvousOrder(key, names);
        return order.find((index) => open[index]!.isAvailable?.() !== false) ?? order[0]!;
      };
      return {
        accept(batch) {
          const encoded = tools.failures.guard('encoding a batch', () => batch.otlpRequests());
          const unreadable = encoded?.unreadable ?? batch.items;
          if (unreadable > 0) tools.ledger.dropped('encode_failed', unreadable);
          let taken = false;
          for (const request of encoded?.requests ?? [])
            for (const [index, part] of parts(request, target))
              taken = open[index]!.accept(part) || taken;
          return taken;
        },
        isAvailable: () => open.some((destination) => destination.isAvailable?.() !== false),
        ...onEach(open),
      };
    },
  };
}

function parts(
  request: RequestPayload,
  target: (key: string) => number,
): [number, TelemetryBatch][] {
  const { signal, sensitivity } = request;
  const divided = partitionRequest(request.body, signal, target);
  request.release();
  return divided.map(([index, part]) => [
    index,
    requestBatch(RequestPayload.owned(signal, part, sensitivity)),
  ]);
}
