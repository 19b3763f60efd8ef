import { InvalidOptionError } from '@llm-otel/core';
import { fakeClock } from '@llm-otel/testing';
import { expect, test } from 'vitest';
import { ledgerOf, setUp } from '../../test/fixtures/processor.ts';
import { makeLogRecords } from '../../test/fixtures/log-records.ts';
import { consoleDestination, resilientLogProcessor } from '../index.ts';
import { logMemoryLimit, memoryLimit } from './memory-limit.ts';

test('while the heap is nearly full spans are dropped and counted, and afterwards they pass again', async () => {
  const clock = fakeClock();
  let heap = 50;
  let looks = 0;
  const heapBytes = (): number => {
    looks++;
    return heap;
  };
  const setup = setUp({ clock, stages: [memoryLimit({ maxHeapBytes: 100, heapBytes, clock })] });

  setup.end(10);
  heap = 150;
  setup.end(1);
  await clock.advance(250);
  setup.end(10);
  heap = 50;
  await clock.advance(250);
  setup.end(10);
  await setup.processor.forceFlush();

  expect(ledgerOf(setup)).toMatchObject({ ended: 31, dropped: { memory_limit: 10 }, handed: 21 });
  expect(looks).toBe(3);
});

test('the less room there is, the sooner the heap is looked at again', async () => {
  const clock = fakeClock();
  let heap = 90;
  const setup = setUp({
    clock,
    stages: [memoryLimit({ maxHeapBytes: 100, heapBytes: () => heap, checkMillis: 50, clock })],
  });

  setup.end(1);
  heap = 150;
  await clock.advance(4);
  setup.end(1);
  await clock.advance(1);
  setup.end(1);
  heap = 50;
  await clock.advance(2);
  setup.end(1);
  await setup.processor.forceFlush();

  expect(ledgerOf(setup)).toMatchObject({ ended: 4, dropped: { memory_limit: 1 }, handed: 3 });
});

test('of log records as well, and a filter that throws lets them pass', () => {
  let heap = 50;
  const clock = fakeClock();
  const processor = resilientLogProcessor({
    destinations: [consoleDestination({ write: () => undefined })],
    clock,
    filters: [
      undefined,
      () => {
        throw new Error('out of order');
      },
      logMemoryLimit({ maxHeapBytes: 100, heapBytes: () => heap, checkMillis: 0, clock }),
    ],
  });

  for (const record of makeLogRecords(3)) processor.onEmit(record);
  heap = 150;
  for (const record of makeLogRecords(2)) processor.onEmit(record);

  expect(processor.ledger()).toMatchObject({ ended: 5, queued: 3, dropped: { memory_limit: 2 } });
});

test('what is resident has a limit of its own, which containers have', async () => {
  let resident = 50;
  const setup = setUp({
    stages: [memoryLimit({ maxResidentBytes: 100, residentBytes: () => resident, checkMillis: 0 })],
  });

  setup.end(2);
  resident = 150;
  setup.end(3);
  await setup.processor.forceFlush();

  expect(ledgerOf(setup)).toMatchObject({ dropped: { memory_limit: 3 }, handed: 2 });
});

test('by default it lets a process through that has memory', async () => {
  const setup = setUp({ stages: [memoryLimit()] });

  setup.end(5);
  await setup.processor.forceFlush();

  expect(ledgerOf(setup)).toMatchObject({ dropped: {}, handed: 5 });
  expect(() => memoryLimit({ maxHeapBytes: 0 })).toThrow(InvalidOptionError);
});
