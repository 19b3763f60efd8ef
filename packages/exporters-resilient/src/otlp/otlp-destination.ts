import { resolveBuffer } from '../delivery/buffer-options.ts';
import { Delivery } from '../delivery/delivery.ts';
import { resolveRetry } from '../delivery/retry-options.ts';
import type { Destination, OpenDestination } from '../destination.ts';
import { failureHint, printableAddress } from './failure-hint.ts';
import { type OtlpOptions, resolveOtlp } from './otlp-options.ts';
import { OtlpSender } from './otlp-sender.ts';
import { requestCodec } from './request-codec.ts';
import type { SecretHeaders } from './secret-headers.ts';

/** What can be seen of an OTLP destination. */
export interface OtlpDestination extends Destination {
  readonly url: string;
  /** Prints as names with `[redacted]` values. */
  readonly headers: SecretHeaders;
}

/**
 * A receiver that speaks OTLP over HTTP: a Collector, or a back end itself. Failures that pass are tried again with
 * growing, random waits; what a receiver refuses is counted and never sent twice; a request that is
 * too large for it is split.
 * @throws InvalidOptionError for an option that cannot be used
 */
export function otlpDestination(options: OtlpOptions): OtlpDestination {
  const { name, url, headers, compression, timeoutMillis, concurrency, transport } =
    resolveOtlp(options);
  // Checked now, where the user can see it, though they are needed only when opened.
  resolveRetry(options.retry);
  resolveBuffer(options.buffer);
  return {
    name,
    url,
    headers,
    open({ ledger, retry, buffer, clock, random, failures, backlog }): OpenDestination {
      const delivery = new Delivery({
        name,
        address: printableAddress(url),
        hint: (reason) => failureHint(url, reason, 'traces'),
        sender: new OtlpSender({ url, headers, compression, transport, clock }),
        ledger,
        retry: resolveRetry(options.retry ?? retry),
        buffer: resolveBuffer(options.buffer ?? buffer),
        backlog: backlog?.(requestCodec('traces')),
        concurrency,
        attemptTimeoutMillis: timeoutMillis,
        clock,
        random,
        failures,
      });
      return {
        accept(batch) {
          const encoded = failures.guard('encoding a batch', () => batch.otlpRequests());
          const unreadable = encoded?.unreadable ?? batch.spans.length;
          if (unreadable > 0) ledger.dropped('encode_failed', unreadable);
          let taken = false;
          for (const request of encoded?.requests ?? []) taken = delivery.accept(request) || taken;
          return taken;
        },
        forceFlush: () => delivery.idle(),
        idleOrTroubled: () => delivery.idleOrTroubled(),
        hurry: () => delivery.hurry(),
        secure: () => delivery.secure(),
        close(reason) {
          delivery.close(reason);
          failures.guard('closing connections', () => transport.close?.());
          return Promise.resolve();
        },
      };
    },
  };
}
