import type { Signal } from '@llm-otel/core';
import type { Destination, OpenDestination } from '../destination.ts';
import { otlpJson } from '../json/otlp-json.ts';

export interface LineWriter {
  /** Writes a request. Throws where it cannot; all of its items are then counted as dropped. */
  write(json: string, signal: Signal): void;
  close?(): void;
}

/**
 * Somewhere that takes text at once and needs no retries: a terminal, a file. `json` is OTLP/JSON on one line.
 * `reason` stands in the ledger for what could not be written.
 */
export function lineDestination(
  name: string,
  reason: string,
  openWriter: () => LineWriter,
): Destination {
  return {
    name,
    open({ ledger, failures, signal }): OpenDestination {
      const writer = openWriter();
      const nothing = (): Promise<void> => Promise.resolve();
      return {
        accept(batch) {
          const encoded = failures.guard('encoding a batch', () => batch.otlpRequests());
          const unreadable = encoded?.unreadable ?? batch.items;
          if (unreadable > 0) ledger.dropped('encode_failed', unreadable);
          for (const request of encoded?.requests ?? []) {
            const done = failures.guard(`writing to ${name}`, () => {
              writer.write(otlpJson(request.body, signal), signal);
              return true;
            });
            if (done === true) ledger.exported(request.items);
            else ledger.dropped(reason, request.items);
            request.release();
          }
          return true;
        },
        forceFlush: nothing,
        idleOrTroubled: nothing,
        hurry: () => undefined,
        close() {
          failures.guard(`closing ${name}`, () => writer.close?.());
          return Promise.resolve();
        },
      };
    },
  };
}
