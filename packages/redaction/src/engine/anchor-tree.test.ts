import { expect, test } from 'vitest';
import { buildAnchorTree } from './anchor-tree.ts';

/** Walks from the root; the index of the anchor that ends there, or `undefined` where there is none. */
function anchorOf(anchors: readonly (readonly number[])[], text: readonly number[]) {
  const { base, parent } = buildAnchorTree(anchors, 30);
  let node = 0;
  for (const own of text) {
    const child = base[node]! + own;
    if (parent[child] !== node) return undefined;
    node = child;
    if (base[node]! < 0) return ~base[node]!;
  }
  return undefined;
}

test('every anchor is found, and nothing that is none', () => {
  const all = Array.from({ length: 29 ** 2 }, (_, index) => [
    1 + Math.floor(index / 29),
    1 + (index % 29),
    1 + ((index * 7) % 29),
  ]);
  const anchors = all.filter((_, index) => index % 3 === 0);

  expect(anchors.map((anchor) => anchorOf(anchors, anchor))).toEqual([...anchors.keys()]);
  for (const other of all.filter((_, index) => index % 3 !== 0))
    expect(anchorOf(anchors, other)).toBe(undefined);
  expect(anchorOf(anchors, [0, 1, 2])).toBe(undefined);
  expect(anchorOf(anchors, anchors[0]!.slice(0, 2))).toBe(undefined);
});

test('children stand in the gaps between those of others: hardly more room than there are nodes', () => {
  const anchors = Array.from({ length: 900 }, (_, index) => [
    1 + (index % 29),
    1 + (Math.floor(index / 29) % 29),
    1 + ((index * 11) % 29),
    1 + ((index * 5) % 29),
  ]);

  const { parent } = buildAnchorTree(anchors, 30);

  const nodes = parent.filter((of) => of >= 0).length;
  expect(parent.length).toBeLessThan(nodes * 1.2);
});

test('without an anchor nothing is found', () => {
  expect(anchorOf([], [1])).toBe(undefined);
});
