import { createNoopMeter } from '@opentelemetry/api';
import { expect, test, vi } from 'vitest';
import { systemClock } from '../clock.ts';
import type { MetricExporter } from '../sdk-types.ts';
import { forReader, metricPart } from './metric-part.ts';

function exporter() {
  return {
    export: vi.fn<MetricExporter['export']>((_, done) => done({ code: 0 })),
    forceFlush: vi.fn<MetricExporter['forceFlush']>(async () => undefined),
    shutdown: vi.fn<MetricExporter['shutdown']>(async () => undefined),
  };
}

test('a reader hands over to the exporter, and does not end it', async () => {
  const behind = exporter();
  const inFront = forReader(behind);

  inFront.export('metrics', () => undefined);
  await inFront.forceFlush();
  await inFront.shutdown();

  expect(behind.export.mock.calls[0]?.[0]).toBe('metrics');
  expect(behind.forceFlush).not.toHaveBeenCalled();
  expect(behind.shutdown).not.toHaveBeenCalled();
});

test('what an exporter wants of the reader is forwarded, as its own method', () => {
  class Choosy {
    readonly temporality = 0;
    export = exporter().export;
    forceFlush = exporter().forceFlush;
    shutdown = exporter().shutdown;
    selectAggregationTemporality(): 0 | 1 {
      return this.temporality;
    }
    selectAggregation(): unknown {
      return { of: this.temporality };
    }
  }
  const inFront = forReader(new Choosy());

  expect(inFront.selectAggregationTemporality?.('COUNTER')).toBe(0);
  expect(inFront.selectAggregation?.('COUNTER')).toEqual({ of: 0 });
  expect('selectAggregation' in forReader(exporter())).toBe(false);
});

test('a flush gives the exporter the time that collecting has left', async () => {
  const behind = exporter();
  let now = 0;
  const clock = { ...systemClock, monotonicMillis: () => now };
  const provider = {
    getMeter: createNoopMeter,
    forceFlush: vi.fn<() => Promise<void>>(async () => {
      now += 30;
    }),
    shutdown: vi.fn<() => Promise<void>>(async () => undefined),
  };

  await metricPart(provider, [behind], clock).forceFlush({ timeoutMillis: 100 });
  await metricPart(provider, [behind], clock).forceFlush({ timeoutMillis: 20 });

  expect(behind.forceFlush.mock.calls).toEqual([[{ timeoutMillis: 70 }], [{ timeoutMillis: 0 }]]);
});

test('the exporter is given the time limit, and is ended even when the last collection fails', async () => {
  const behind = exporter();
  const limit = { timeoutMillis: 100 };
  const clock = { ...systemClock, monotonicMillis: () => 0 };
  const provider = {
    getMeter: createNoopMeter,
    forceFlush: vi.fn<() => Promise<void>>(async () => undefined),
    shutdown: vi.fn<() => Promise<void>>(() => Promise.reject(new Error('no'))),
  };
  const part = metricPart(provider, [behind], clock);

  await part.forceFlush(limit);
  await expect(part.shutdown(limit)).rejects.toThrow('no');

  expect(behind.forceFlush.mock.calls).toEqual([[limit]]);
  expect(behind.shutdown.mock.calls).toEqual([[{ timeoutMillis: 90 }]]);
});

test('a last collection that hangs leaves the exporter time to end in', async () => {
  vi.useFakeTimers();
  const behind = exporter();
  const provider = {
    getMeter: createNoopMeter,
    forceFlush: async () => undefined,
    shutdown: () => new Promise(() => undefined),
  };

  const ended = metricPart(provider, [behind]).shutdown({ timeoutMillis: 100 });
  const told = expect(ended).rejects.toThrow('the last export did not finish within 100 ms');
  await vi.advanceTimersByTimeAsync(100);
  await told;
  vi.useRealTimers();

  expect(behind.shutdown.mock.calls).toEqual([[{ timeoutMillis: 40 }]]);
});

test('one exporter that fails keeps no other from ending', async () => {
  const failing = { ...exporter(), shutdown: () => Promise.reject(new Error('first')) };
  const behind = exporter();
  const provider = {
    getMeter: createNoopMeter,
    forceFlush: async () => undefined,
    shutdown: async () => undefined,
  };

  await expect(metricPart(provider, [failing, behind]).shutdown()).rejects.toThrow('first');

  expect(behind.shutdown).toHaveBeenCalledOnce();
});
