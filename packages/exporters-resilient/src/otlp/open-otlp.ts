import { resolveBuffer } from '../delivery/buffer-options.ts';
import { Delivery } from '../delivery/delivery.ts';
import { resolveRetry } from '../delivery/retry-options.ts';
import type { Sender } from '../delivery/sender.ts';
import type { DestinationTools, OpenDestination } from '../destination.ts';
import { failureHint } from './failure-hint.ts';
import type { CommonOtlpOptions, ResolvedCommon } from './otlp-options.ts';
import { requestCodec } from './request-codec.ts';
import { refusedRequest } from './refused-request.ts';
import type { RequestPayload } from './request-payload.ts';

export interface OtlpReceiver {
  readonly sender: Sender<RequestPayload>;
  readonly url: string;
  /** For the log, without anything secret. */
  readonly address: string;
  readonly isGrpc: boolean;
  close(): void;
}

// Back ends refuse points of a time series that are older than the last one: one request after the other.
const CONCURRENCY = { traces: 4, logs: 4, metrics: 1 } as const;

/** An OTLP destination at work, whatever carries its requests. */
export function openOtlp(
  options: CommonOtlpOptions,
  { name, timeoutMillis, concurrency, breaker }: ResolvedCommon,
  receiver: OtlpReceiver,
  tools: DestinationTools,
): OpenDestination {
  const { ledger, failures, signal } = tools;
  const { onRefused } = options;
  const delivery = new Delivery<RequestPayload>({
    name,
    address: receiver.address,
    hint: (reason) => failureHint(receiver, reason, signal),
    sender: receiver.sender,
    ledger,
    retry: resolveRetry(options.retry ?? tools.retry),
    buffer: resolveBuffer(options.buffer ?? tools.buffer),
    backlog: tools.backlog?.(requestCodec(signal)),
    breaker,
    concurrency: concurrency ?? CONCURRENCY[signal],
    inOrder: (concurrency ?? CONCURRENCY[signal]) === 1,
    attemptTimeoutMillis: timeoutMillis,
    ...(onRefused !== undefined && {
      onRefused: (payload, reason) => onRefused(refusedRequest(payload, reason)),
    }),
    takeOver: tools.takeOver,
    whenFull: tools.whenFull,
    clock: tools.clock,
    random: tools.random,
    failures,
  });
  const closeNow = (reason: string): void => {
    delivery.close(reason);
    failures.guard('closing connections', () => receiver.close());
  };
  return {
    takesRequests: true,
    accept(batch) {
      const encoded = failures.guard('encoding a batch', () => batch.otlpRequests());
      const unreadable = encoded?.unreadable ?? batch.items;
      if (unreadable > 0) ledger.dropped('encode_failed', unreadable);
      let taken = false;
      for (const request of encoded?.requests ?? []) taken = delivery.accept(request) || taken;
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
}
