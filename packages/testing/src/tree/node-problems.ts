import { nameFits, spanProblems } from './match-span.ts';
import { pairUp } from './pair-up.ts';
import type { SpanPattern } from './span-pattern.ts';
import type { SpanNode } from './span-tree.ts';

/** Something that does not fit, and the names of the spans that lead to it. */
export interface Problem {
  readonly path: readonly string[];
  readonly text: string;
}

/** What of a node, with everything below it, does not fit a pattern. */
export type NodeProblems = (node: SpanNode, pattern: SpanPattern) => readonly Problem[];

/** How the children of a span, or the roots of a tree, are to be. */
export type ChildrenPattern = Pick<SpanPattern, 'children' | 'anyOrder' | 'allowMore'>;

/** Compares nodes with patterns and remembers the outcome: pairing asks for the same ones again and again. */
export function nodeComparison(): NodeProblems {
  const known = new Map<SpanNode, Map<SpanPattern, readonly Problem[]>>();
  const compare: NodeProblems = (node, pattern) => {
    let ofNode = known.get(node);
    if (ofNode === undefined) known.set(node, (ofNode = new Map()));
    let problems = ofNode.get(pattern);
    if (problems === undefined) ofNode.set(pattern, (problems = compareNode(node, pattern)));
    return problems;
  };
  const compareNode: NodeProblems = (node, pattern) => {
    const { name } = node.span;
    const own = spanProblems(node.span, pattern).map((text) => ({ path: [name], text }));
    if (pattern.children === undefined) return own;
    const below = childrenProblems(node.children, pattern, 'child', compare);
    return [...own, ...below.map(({ path, text }) => ({ path: [name].concat(path), text }))];
  };
  return compare;
}

/** Compares a list of siblings with the patterns for them. */
export function childrenProblems(
  nodes: readonly SpanNode[],
  { children: patterns = [], anyOrder = false, allowMore = false }: ChildrenPattern,
  what: 'root' | 'child',
  compare: NodeProblems,
): Problem[] {
  const node = (index: number): SpanNode => nodes[index] as SpanNode;
  const pattern = (index: number): SpanPattern => patterns[index] as SpanPattern;
  const { pairs, missing, extra } = pairUp({
    nodes: nodes.length,
    patterns: patterns.length,
    anyOrder,
    distance: (n, p) => compare(node(n), pattern(p)).length,
    named: (n, p) => nameFits(node(n).span, pattern(p)),
  });

  const problems = pairs.flatMap(([n, p]) => compare(node(n), pattern(p)));
  const unexpected = new Set(extra);
  for (const p of missing) {
    const moved = [...unexpected].find((n) => nameFits(node(n).span, pattern(p)));
    const name = String(pattern(p).name);
    if (moved === undefined) problems.push({ path: [], text: `${what} ${name} is missing` });
    else {
      unexpected.delete(moved);
      problems.push({ path: [], text: `${what} ${name} is in another place` });
    }
  }
  if (!allowMore)
    for (const n of unexpected)
      problems.push({ path: [], text: `${what} ${node(n).span.name} is unexpected` });
  return problems;
}
