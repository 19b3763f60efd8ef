import { diag, type DiagLogger } from '@opentelemetry/api';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { checkOptions } from './check-options.ts';
import type { TelemetryOptions } from './telemetry-options.ts';

const warned = vi.fn<(message: string) => void>();

beforeEach(() => {
  const ignore: DiagLogger['debug'] = () => undefined;
  diag.setLogger({ error: ignore, warn: warned, info: ignore, debug: ignore, verbose: ignore });
  warned.mockReset();
});
afterEach(() => diag.disable());

/** What is said about options as JavaScript or a configuration file may have them. */
function said(options: object): unknown[] {
  checkOptions(options);
  return warned.mock.calls.map(([message]) => message);
}

test('an option that does not exist is told with the one that was meant', () => {
  expect(said({ serviceNam: 'desk', samplingRate: 0.1 })).toEqual([
    'llm-otel: serviceNam is not an option: did you mean serviceName? (ignored)',
    'llm-otel: samplingRate is not an option: did you mean sampling? (ignored)',
  ]);
});

test('an option of the stock NodeSDK is told with what it is called here', () => {
  const [resource, exporter] = said({ resource: {}, traceExporter: {} });

  expect(resource).toBe('llm-otel: resource is not an option: use resourceAttributes (ignored)');
  expect(exporter).toContain('use destinations: [exporterDestination(exporter)]');
});

test.each([
  [
    { queue: { maxSize: 1 } },
    'queue.maxSize is not an option: the options of queue are maxItems, maxBytes, whenFull, priorityOf',
  ],
  [{ batch: { maxItem: 1 } }, 'batch.maxItem is not an option: did you mean batch.maxItems?'],
  [
    { retry: { maxDelay: 1 } },
    'retry.maxDelay is not an option: did you mean retry.maxDelayMillis?',
  ],
  [{ spanLimits: { foo: 1 } }, 'spanLimits.foo is not an option: the options of spanLimits are'],
  [{ metrics: { exporters: [] } }, 'metrics.exporters is not an option'],
  [{ processEnd: { signal: 'SIGTERM' } }, 'did you mean processEnd.signals?'],
])('inside another option as well: %j', (options, message) => {
  expect(said(options)).toEqual([expect.stringContaining(message)]);
});

test('strict throws it', () => {
  expect(() => checkOptions({ strict: true, servicename: 'desk' } as TelemetryOptions)).toThrow(
    'servicename is not an option: did you mean serviceName?',
  );
});

test('options that exist, and switches in the place of options, are not talked about', () => {
  expect(
    said({
      serviceName: 'desk',
      queue: { maxItems: 1 },
      metrics: false,
      processEnd: true,
      retry: undefined,
    }),
  ).toEqual([]);
});

test('the options that exist go on, and what was given stays as it is', () => {
  const given = { serviceName: 'desk', queue: { maxItems: 1, maxSize: 2 }, foo: 1 };

  expect(checkOptions(given)).toEqual({ serviceName: 'desk', queue: { maxItems: 1 } });
  expect(given.queue).toEqual({ maxItems: 1, maxSize: 2 });
});
