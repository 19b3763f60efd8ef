import { type Attributes, createNoopMeter, diag, type Meter } from '@opentelemetry/api';
import { afterEach, expect, test, vi } from 'vitest';
import { metricsRecorder } from './metrics-recorder.ts';

afterEach(() => diag.disable());

/** A meter that notes what is made and written. */
function meter() {
  const made: string[] = [];
  const written: [string, number, Attributes | undefined][] = [];
  const making = (kind: string) => (name: string) => {
    made.push(`${kind} ${name}`);
    const write = (value: number, attributes?: Attributes): void =>
      void written.push([name, value, attributes]);
    return { add: write, record: write };
  };
  const noting = {
    createCounter: vi.fn(making('counter')),
    createUpDownCounter: vi.fn(making('up-down counter')),
    createGauge: vi.fn(making('gauge')),
    createHistogram: vi.fn(making('histogram')),
  };
  return { made, written, noting, meter: { ...createNoopMeter(), ...noting } as Meter };
}

test('every kind is recorded with the common attributes, those of the call win', () => {
  const { meter: of, written } = meter();
  const record = metricsRecorder(of, { 'service.component': 'desk', team: 'blue' });

  record.counter('requests').add(1);
  record.upDownCounter('open').add(-1, { team: 'red' });
  record.gauge('queue').record(7, { shard: 1 });
  record.histogram('seconds').record(0.5);

  expect(written).toEqual([
    ['requests', 1, { 'service.component': 'desk', team: 'blue' }],
    ['open', -1, { 'service.component': 'desk', team: 'red' }],
    ['queue', 7, { 'service.component': 'desk', team: 'blue', shard: 1 }],
    ['seconds', 0.5, { 'service.component': 'desk', team: 'blue' }],
  ]);
});

test('an instrument is made once, also for recorders with more attributes', () => {
  const { meter: of, made, written, noting } = meter();
  const record = metricsRecorder(of);
  const more = record.with({ tenant: 'acme' });

  for (let i = 0; i < 100; i++) {
    record.counter('requests', { unit: '{request}' }).add(1);
    more.counter('requests').add(1);
  }

  expect(made).toEqual(['counter requests']);
  expect(noting.createCounter).toHaveBeenCalledWith('requests', { unit: '{request}' });
  expect(record.counter('requests')).toBe(record.counter('requests'));
  expect(written.slice(0, 2)).toEqual([
    ['requests', 1, {}],
    ['requests', 1, { tenant: 'acme' }],
  ]);
});

test('names that are put together at run time do not fill the memory', () => {
  const { meter: of, made, written } = meter();
  const record = metricsRecorder(of);
  const error = vi.fn<(message: string) => void>();
  const silent = (): void => undefined;
  diag.setLogger({ error, warn: silent, info: silent, debug: silent, verbose: silent });

  for (let user = 0; user < 3000; user++) record.counter(`requests of ${user}`).add(1);

  expect(made).toHaveLength(1000);
  expect(written).toHaveLength(1000);
  expect(error).toHaveBeenCalledOnce();
});

test('a meter that throws does not reach the application', () => {
  const throwing = (): never => {
    throw new Error('no');
  };
  const { meter: of } = meter();
  const record = metricsRecorder({
    ...of,
    createGauge: throwing,
    createCounter: () => ({ add: throwing }),
  });

  expect(() => {
    record.gauge('queue').record(1);
    record.counter('requests').add(1);
  }).not.toThrow();
});
