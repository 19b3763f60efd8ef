import { DestinationLedger, FailureLog } from '@llm-otel/core';
import { fakeClock } from '@llm-otel/testing';
import { diag } from '@opentelemetry/api';
import { afterEach, expect, test, vi } from 'vitest';
import { resolveBreaker } from './breaker-options.ts';
import { DeliveryHealth } from './delivery-health.ts';
import { resolveRetry, type RetryOptions } from './retry-options.ts';

const log = vi.fn();
afterEach(() => {
  diag.disable();
  log.mockReset();
});

function health(retry: RetryOptions): DeliveryHealth {
  diag.setLogger({ error: log, warn: log, info: log, debug: log, verbose: log });
  log.mockReset();
  return new DeliveryHealth({
    name: 'otlp',
    ledger: new DestinationLedger(),
    retry: resolveRetry(retry),
    breaker: resolveBreaker(),
    clock: fakeClock(),
    random: () => 1,
    failures: new FailureLog(),
  });
}

test('an outage is told once when it begins and once when it is over', () => {
  const receiver = health({ maxElapsedMillis: 60_000 });

  receiver.failed('http_503', receiver.era, undefined);
  receiver.failed('ECONNREFUSED', receiver.era, undefined);
  receiver.succeeded();
  receiver.succeeded();

  expect(log.mock.calls).toEqual([
    ['llm-otel: export to otlp fails (http_503), each batch is tried again for 60000 ms'],
    ['llm-otel: export to otlp works again'],
  ]);
});

test('without retries nothing is said about trying again', () => {
  const receiver = health({ maxElapsedMillis: 0 });

  receiver.failed('http_503', receiver.era, undefined);

  expect(log.mock.calls).toEqual([['llm-otel: export to otlp fails (http_503)']]);
});

test('a receiver that asks for no time at all is left alone as one that asks for nothing', () => {
  const receiver = health({ initialDelayMillis: 1000 });

  receiver.failed('http_503', receiver.era, 0);
  expect(receiver.pausedUntil).toBe(1000);

  // Five seconds ago, by the clock of the receiver.
  receiver.failed('http_503', receiver.era, -5000);
  expect(receiver.pausedUntil).toBe(2000);

  receiver.failed('http_503', receiver.era, 50);
  expect(receiver.pausedUntil).toBe(50);
});
