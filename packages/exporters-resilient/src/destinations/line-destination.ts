import { resolveBreaker } from '../delivery/breaker-options.ts';
import { resolveBuffer } from '../delivery/buffer-options.ts';
import { Delivery } from '../delivery/delivery.ts';
import { resolveRetry } from '../delivery/retry-options.ts';
import type { Destination, DestinationTools, OpenDestination } from '../destination.ts';
import { otlpJson } from '../json/otlp-json.ts';
import { requestCodec } from '../otlp/request-codec.ts';
import type { RequestPayload } from '../otlp/request-payload.ts';

export interface LineWriter {
  /** Writes a request; `json` is OTLP/JSON on one line. Throws, or rejects where that shows later, where it cannot. */
  write(json: string, request: RequestPayload): void | Promise<void>;
  close?(): void;
}

/**
 * Somewhere that takes text, mostly at once: a terminal, a file, a pipe; one request after the other. What it does not take goes to the next destination of a chain or
 * into the spool, and is written when that works again; where there is neither it is dropped as `write_failed`.
 */
export function lineDestination(
  name: string,
  openWriter: (tools: DestinationTools) => LineWriter,
): Destination {
  return {
    name,
    open(tools): OpenDestination {
      const { ledger, failures, signal, clock, random } = tools;
      const writer = openWriter(tools);
      /** Whether it was written, or a promise of that. Never throws, never rejects. */
      const written = (request: RequestPayload): boolean | Promise<boolean> =>
        failures.guard(`writing to ${name}`, () => {
          const writing = writer.write(otlpJson(request.body, signal), request);
          return writing === undefined ? true : settled(writing);
        }) ?? false;
      const settled = async (writing: Promise<void>): Promise<boolean> => {
        try {
          await writing;
          return true;
        } catch (error) {
          failures.report(`writing to ${name}`, error);
          return false;
        }
      };
      /** What is being written, or was: the delivery waits for it, and does not write it again. */
      const begun = new WeakMap<RequestPayload, Promise<boolean>>();
      let writing = 0;
      const delivery = new Delivery<RequestPayload>({
        name,
        sender: {
          async send(request) {
            writing++;
            const isWritten = await (begun.get(request) ?? written(request));
            writing--;
            begun.delete(request);
            return isWritten ? { kind: 'delivered' } : { kind: 'retry', reason: 'write_failed' };
          },
        },
        ledger,
        retry: { ...resolveRetry(tools.retry), maxElapsedMillis: 0 },
        buffer: resolveBuffer(tools.buffer),
        backlog: tools.backlog?.(requestCodec(signal)),
        takeOver: tools.takeOver,
        whenFull: tools.whenFull,
        breaker: resolveBreaker(),
        concurrency: 1,
        attemptTimeoutMillis: 30_000,
        clock,
        random,
        failures,
      });
      const closeNow = (reason: string): void => {
        delivery.close(reason);
        failures.guard(`closing ${name}`, () => writer.close?.());
      };
      return {
        takesRequests: true,
        accept(batch) {
          const encoded = failures.guard('encoding a batch', () => batch.otlpRequests());
          const { requests = [], unreadable = batch.items } = encoded ?? {};
          if (unreadable > 0) ledger.dropped('encode_failed', unreadable);
          let taken = false;
          for (const request of requests) {
            // Mostly there is nothing to wait for: the line is out before the process can end.
            const answer = writing === 0 && delivery.isWell && written(request);
            if (answer === true) {
              ledger.exported(request.items);
              request.release();
              taken = true;
              continue;
            }
            if (answer !== false) begun.set(request, answer);
            taken = delivery.accept(request) || taken;
          }
          return taken;
        },
        isAvailable: () => delivery.isAvailable,
        isAtEase: () => delivery.isAtEase,
        forceFlush: () => delivery.idle(),
        idleOrTroubled: () => delivery.idleOrTroubled(),
        hurry: (deadline) => delivery.hurry(deadline),
        drained: () => delivery.drained(),
        finish: () => delivery.finish(),
        secure: () => delivery.secure(),
        storedItems: () => delivery.storedItems,
        close: (reason) => Promise.resolve(closeNow(reason)),
        exiting: closeNow,
      };
    },
  };
}
