import { diag } from '@opentelemetry/api';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { testDelivery } from '../../test/fixtures/delivery.ts';
import { ledgerOf, setUp } from '../../test/fixtures/processor.ts';
import { scriptedTransport } from '../../test/fixtures/scripted-transport.ts';
import { spanRateLimit } from '../limits/span-rate-limit.ts';
import { memoryLimit } from '../node/memory-limit.ts';
import { otlpDestination } from '../otlp/otlp-destination.ts';

const warn = vi.fn<(message: string) => void>();
beforeEach(() => {
  diag.setLogger({ error: warn, warn, info: vi.fn(), debug: vi.fn(), verbose: vi.fn() });
  warn.mockReset();
});
afterEach(() => diag.disable());

test('the first span that finds the queue full is told about, with the option that helps', () => {
  const setup = setUp({ queue: { maxItems: 2 } });

  setup.end(5);

  expect(warn).toHaveBeenCalledOnce();
  expect(warn.mock.calls[0]?.[0]).toMatch(
    /^llm-otel: queue_full: .* 2 of at most 2 spans .*queue\.maxItems/,
  );
});

test('the first span that a limit drops is told about, with the option that helps, and no further one', () => {
  const setup = setUp({
    stages: [
      spanRateLimit({ perSecond: 1, burst: 3 }),
      memoryLimit({ maxHeapBytes: 2 ** 20, heapBytes: () => 2 ** 22 }),
    ],
  });

  setup.end(9);

  const told = warn.mock.calls.map(([message]) => message);
  expect(told).toHaveLength(2);
  expect(told[0]).toMatch(/^llm-otel: memory_limit: .* 4 of 1 MB; maxHeapBytes allows more/);
  expect(told[1]).toMatch(
    /^llm-otel: rate_limited: .* the 1 in a second, or 3 at once, .*perSecond/,
  );
});

test('the memory of a container has words of its own', () => {
  const setup = setUp({
    stages: [memoryLimit({ maxResidentBytes: 2 ** 20, residentBytes: () => 2 ** 22 })],
  });

  setup.end(2);

  expect(warn).toHaveBeenCalledOnce();
  expect(warn.mock.calls[0]?.[0]).toMatch(
    /^llm-otel: memory_limit: .* 1 MB resident.*maxResidentBytes/,
  );
});

test('a span larger than the whole queue is taken when it is alone, and told about when it is not', async () => {
  const setup = setUp({ queue: { maxBytes: 5000 } });
  const large = { attributes: { prompt: 'x'.repeat(20_000) } };

  setup.end(1, large);
  await setup.processor.forceFlush();
  expect(setup.transport.taken).toBe(1);
  setup.end(1);
  setup.end(1, large);

  expect(ledgerOf(setup).dropped).toEqual({ queue_full: 1 });
  expect(warn.mock.calls).toEqual([[expect.stringContaining('queue.maxBytes')]]);
});

test('the first batch that finds the buffer full is told about', () => {
  const { give } = testDelivery({ buffer: { maxItems: 1 } });

  for (const id of ['a', 'b', 'c']) give(id);

  expect(warn.mock.calls).toEqual([
    [expect.stringMatching(/buffer_full: 1 items for test dropped.*buffer\.maxItems/)],
  ]);
});

test('what a shutdown leaves behind is told in one number, and a late span is told about as well', async () => {
  const url = 'http://localhost/';
  const transport = scriptedTransport('hang');
  const setup = setUp({ destinations: [otlpDestination({ url, transport })] });

  setup.end(3);
  const ended = setup.processor.shutdown({ timeoutMillis: 100 });
  await setup.turns();
  await setup.clock.advance(100);
  await ended;
  setup.end(2);

  expect(warn.mock.calls).toEqual([
    [expect.stringContaining('shutdown_timeout: 3 spans were not delivered within 100 ms')],
    [expect.stringContaining('already_shutdown: a span that came after shutdown()')],
  ]);
});

test('a logger that throws reaches nobody', () => {
  warn.mockImplementation(() => {
    throw new Error('broken logger');
  });
  const setup = setUp({ queue: { maxItems: 1 } });

  expect(() => setup.end(3)).not.toThrow();
  expect(ledgerOf(setup).dropped).toEqual({ queue_full: 2 });
});
