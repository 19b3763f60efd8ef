/**
 * Anchors as a tree in two arrays, the children of one node in the gaps between those of others. A row for each node would
 * take as much memory as the nearest caches have, and nearly all of it would be empty.
 */
export interface AnchorTree {
  /** The child of `node` for a class is `base[node] + class`, if that has `node` as its parent. Below 0 `~anchor`: the end of one. */
  readonly base: Int32Array;
  readonly parent: Int32Array;
}

interface Node {
  readonly children: Map<number, Node>;
  anchor: number;
}

/**
 * @param anchors - as classes above 0, none of them the start of another one
 * @param width - above the highest class
 */
export function buildAnchorTree(
  anchors: readonly (readonly number[])[],
  width: number,
): AnchorTree {
  const root = treeOf(anchors);
  const base: number[] = [];
  const parent: number[] = [];
  let lowestFree = 1;
  // Nodes near the root first: they have the most children, which fit while there is room.
  const open: { readonly node: Node; readonly place: number }[] = [{ node: root, place: 0 }];
  for (const { node, place } of open) {
    if (node.anchor >= 0) {
      base[place] = ~node.anchor;
      continue;
    }
    const classes = [...node.children.keys()];
    const lowest = Math.min(...classes);
    let from = Math.max(0, lowestFree - lowest);
    while (classes.some((own) => parent[from + own] !== undefined)) from++;
    base[place] = from;
    for (const [own, child] of node.children) {
      parent[from + own] = place;
      open.push({ node: child, place: from + own });
    }
    while (parent[lowestFree] !== undefined) lowestFree++;
  }
  const size = parent.length + width;
  return { base: filled(base, size, 0), parent: filled(parent, size, -1) };
}

function treeOf(anchors: readonly (readonly number[])[]): Node {
  const root: Node = { children: new Map(), anchor: -1 };
  anchors.forEach((anchor, index) => {
    let node = root;
    for (const own of anchor) {
      let child = node.children.get(own);
      if (child === undefined) {
        child = { children: new Map(), anchor: -1 };
        node.children.set(own, child);
      }
      node = child;
    }
    node.anchor = index;
  });
  return root;
}

function filled(items: readonly (number | undefined)[], size: number, empty: number): Int32Array {
  const all = new Int32Array(size).fill(empty);
  for (let index = 0; index < items.length; index++) all[index] = items[index] ?? empty;
  return all;
}
