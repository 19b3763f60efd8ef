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
