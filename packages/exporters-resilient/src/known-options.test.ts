import { expect, test } from 'vitest';
import { consoleDestination } from './destinations/console-destination.ts';
import { otlpDestination } from './otlp/otlp-destination.ts';
import { resilientSpanProcessor } from './processor/resilient-span-processor.ts';

const otlp = (options: object): unknown =>
  otlpDestination(options as Parameters<typeof otlpDestination>[0]);
const processor = (options: object): unknown =>
  resilientSpanProcessor({ destinations: [consoleDestination()], ...options });
const url = 'http://localhost:4318/v1/traces';

test.each([
  [otlp, { endpoint: url }, /^endpoint is not an option: use url, the whole address/],
  [otlp, { url, timeout: 1000 }, 'timeout is not an option: use timeoutMillis'],
  [otlp, { url, concurrencyLimit: 2 }, 'use concurrency'],
  [processor, { url }, 'url is not an option: use destinations: [otlpDestination({ url })]'],
  [processor, { exporter: {} }, 'use destinations: [exporterDestination(name, exporter)]'],
  [processor, { maxQueueSize: 10 }, 'maxQueueSize is not an option: use queue: { maxItems }'],
  [processor, { maxExportBatchSize: 10 }, 'use batch: { maxItems }'],
  [processor, { scheduledDelayMillis: 10 }, 'use batch: { delayMillis }'],
])(
  'what OpenTelemetry calls it is answered with what it is called here',
  (make, options, message) => {
    expect(() => make(options)).toThrow(message);
  },
);

test.each([
  [otlp, { url, endpoint: 'http://elsewhere:4318' }, 'endpoint is not an option'],
  [otlp, { url, timeoutMillis: 10, timeout: 20 }, 'timeout is not an option'],
  [processor, { queue: { maxItems: 10 }, maxQueueSize: 20 }, 'maxQueueSize is not an option'],
])(
  'of an option that is given twice, under two names, none counts silently',
  (make, options, message) => {
    expect(() => make(options)).toThrow(message);
  },
);

test('a name that nothing here is like is answered with all that there are', () => {
  expect(() => otlp({ url, constructor: 1 })).toThrow('the options are url, name');
  expect(() => otlp({ url, destinations: [] })).toThrow('the options are url, name');
});
