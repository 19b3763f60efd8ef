import { expect, test } from 'vitest';
import { heapWatch } from './heap-watch.ts';

/** A heap of which 100 is allowed, half as much again for the young generation, as in a process with 128 MB. */
function heapOf100() {
  const heap = { old: 0, young: 50 };
  let collected = (): void => {};
  const look = heapWatch({
    limit: 100,
    inUse: () => heap,
    onCollection: (told) => (collected = told),
  });
  return {
    isFull: () => look().isFull,
    grow(old: number): boolean {
      heap.old = old;
      return look().isFull;
    },
    collect(left: number): boolean {
      heap.old = left;
      collected();
      return look().isFull;
    },
  };
}

test('an application of which every collection leaves as much, and garbage gathers as high, is well with 70 % of its heap', () => {
  const heap = heapOf100();
  heap.grow(30);
  heap.collect(20);
  for (const left of [70, 70]) {
    heap.grow(90);
    heap.collect(left);
  }

  for (let round = 0; round < 20; round++) {
    for (let old = 70; old <= 90 + (round % 3); old++) expect(heap.grow(old)).toBe(false);
    expect(heap.collect(69 + (round % 3))).toBe(false);
  }
});

test('what more stays of, collection by collection, is full while the young generation still has room', () => {
  const heap = heapOf100();
  heap.collect(20);
  let left = 20;
  while (!heap.collect(left)) left += 6;

  expect(left).toBeGreaterThan(40);
  expect(left).toBeLessThan(60);
});

test('what grows slowly beside much garbage is full at three quarters', () => {
  const heap = heapOf100();
  heap.grow(60);
  heap.collect(40);
  heap.collect(40);
  let left = 40;
  do {
    heap.grow(Math.min(left + 20, 96));
    left += 1;
  } while (!heap.collect(left));

  expect(left).toBe(76);
});

test('many small steps, of which all stays, are growth as a large one is', () => {
  const heap = heapOf100();
  heap.collect(20);
  let left = 20;
  while (!heap.collect(left)) left += 1;

  expect(left).toBeGreaterThan(40);
  expect(left).toBeLessThan(60);
});

test('an application that has filled its cache is well from then on, also where little gathers between two collections', () => {
  const heap = heapOf100();
  for (let left = 20; left < 68; left += 6) heap.collect(left);
  expect(heap.isFull()).toBe(true);

  for (const left of [68, 68.4, 67.8, 68.2, 68]) {
    heap.grow(left + 0.5);
    heap.collect(left);
  }

  expect(heap.isFull()).toBe(false);
});

test('one that fills again after a while in which it did not is full again', () => {
  const heap = heapOf100();
  for (let left = 20; left <= 44; left += 6) heap.collect(left);
  for (const _ of [1, 2, 3, 4]) heap.collect(44);
  expect(heap.isFull()).toBe(false);
  let left = 44;
  while (!heap.collect(left)) left += 1;

  expect(left).toBeLessThan(60);
});

test('what a process leaves behind when it starts says nothing about what stays later', () => {
  const heap = heapOf100();
  heap.grow(30);
  heap.collect(10);

  // Nothing of the 20 has stayed; of what comes now all may.
  expect(heap.grow(34)).toBe(false);
  expect(heap.grow(37)).toBe(false);
  expect(heap.grow(41)).toBe(true);
});

test('growth beyond the garbage that gathered before counts before a collection tells of it', () => {
  const heap = heapOf100();
  for (const _ of [1, 2, 3]) {
    heap.grow(70);
    heap.collect(50);
  }

  expect(heap.grow(74)).toBe(false);
  expect(heap.grow(77)).toBe(true);
});

test('where nothing is free the heap is full, and until the first collection all counts', () => {
  const heap = heapOf100();
  expect(heap.grow(40)).toBe(false);
  expect(heap.grow(41)).toBe(true);
  for (const _ of [1, 2]) {
    heap.grow(99);
    heap.collect(30);
  }
  expect(heap.grow(97)).toBe(false);
  expect(heap.grow(98)).toBe(true);
});
