import { treeSpan, type AnySpan, type TreeSpan } from './tree-span.ts';

export interface SpanNode {
  readonly span: TreeSpan;
  readonly parent: SpanNode | undefined;
  /** By start time, then in the order they were given. */
  readonly children: readonly SpanNode[];
}

/** Spans put together by their parent ids. */
export interface SpanTree {
  /**
   * Spans without a parent, and spans whose parent is in another process and not among the given ones,
   * by start time. A trace that is here as a whole has one.
   */
  readonly roots: readonly SpanNode[];
  /** Spans whose parent should be among the given ones and is not, with what hangs below them. */
  readonly orphans: readonly SpanNode[];
  /** Spans whose id was given before in the same trace: sent twice. They are left out of the tree. */
  readonly duplicates: readonly TreeSpan[];
}

interface GrowingNode extends SpanNode {
  parent: SpanNode | undefined;
  readonly children: GrowingNode[];
}

/** Builds the trees of `spans`, which may be of several traces and in any order. */
export function spanTree(spans: Iterable<AnySpan>): SpanTree {
  const duplicates: TreeSpan[] = [];
  const nodes = new Map<string, GrowingNode>();
  for (const source of spans) {
    const span = treeSpan(source);
    const id = `${span.traceId}:${span.spanId}`;
    if (nodes.has(id)) duplicates.push(span);
    else nodes.set(id, { span, parent: undefined, children: [] });
  }

  const roots: GrowingNode[] = [];
  const orphans: GrowingNode[] = [];
  const sorted = [...nodes.values()].toSorted(byStart);
  for (const node of sorted) {
    const { traceId, parentSpanId, parentIsRemote } = node.span;
    const parent = nodes.get(`${traceId}:${parentSpanId}`);
    if (parentSpanId === undefined || (parentIsRemote && parent === undefined)) {
      roots.push(node);
      continue;
    }
    // Broken ids can form a ring, which hangs below no root and would never be printed.
    if (parent === undefined || isBelow(parent, node)) {
      orphans.push(node);
      continue;
    }
    node.parent = parent;
    parent.children.push(node);
  }
  return { roots, orphans, duplicates };
}

function isBelow(node: SpanNode, above: SpanNode): boolean {
  for (let current: SpanNode | undefined = node; current !== undefined; current = current.parent)
    if (current === above) return true;
  return false;
}

function byStart(a: SpanNode, b: SpanNode): number {
  const difference = a.span.startTimeUnixNano - b.span.startTimeUnixNano;
  return difference < 0n ? -1 : Number(difference > 0n);
}

/** `node` and everything below it, parents first. */
export function* descend(node: SpanNode): Generator<SpanNode> {
  yield node;
  for (const child of node.children) yield* descend(child);
}
