import { AssertionError } from 'node:assert';
import { childrenProblems, nodeComparison, type Problem } from './node-problems.ts';
import { printTree } from './print-tree.ts';
import type { SpanPattern } from './span-pattern.ts';
import { descend, spanTree, type SpanNode, type SpanTree } from './span-tree.ts';
import type { AnySpan } from './tree-span.ts';

/** A tree, or the spans to build it from: `recorder.spans`, `sink.spans`. */
export type TreeLike = SpanTree | Iterable<AnySpan>;

export interface TreeMatch {
  readonly matches: boolean;
  /** What does not fit, one line each: `run > chat: status is error, wanted ok`. */
  readonly problems: readonly string[];
  /** The problems and the actual tree, ready to print. */
  readonly message: string;
}

/**
 * Compares spans with what is wanted: one pattern for each root, in order of their start. Orphans and
 * duplicates are problems too.
 */
export function matchTree(spans: TreeLike, ...patterns: readonly SpanPattern[]): TreeMatch {
  const tree = isTree(spans) ? spans : spanTree(spans);
  const roots = childrenProblems(tree.roots, { children: patterns }, 'root', nodeComparison());
  const problems = roots.map(problemLine);
  for (const { span } of tree.orphans)
    problems.push(`${span.name}: is an orphan, its parent ${span.parentSpanId} is missing`);
  for (const span of tree.duplicates) problems.push(`${span.name}: came twice (${span.spanId})`);
  return result(tree, 'the spans do not match', problems);
}

/** Looks for one span, anywhere, that fits `pattern` with everything below it. */
export function findSpan(spans: TreeLike, pattern: SpanPattern): SpanNode | undefined {
  const compare = nodeComparison();
  const tree = isTree(spans) ? spans : spanTree(spans);
  return allNodes(tree).find((node) => compare(node, pattern).length === 0);
}

/** Like {@link findSpan}; says what the closest span lacks. */
export function matchSpan(spans: TreeLike, pattern: SpanPattern): TreeMatch {
  const compare = nodeComparison();
  const tree = isTree(spans) ? spans : spanTree(spans);
  const closest = allNodes(tree)
    .map((node) => compare(node, pattern))
    .toSorted((a, b) => a.length - b.length)[0];
  return result(
    tree,
    `no span fits ${String(pattern.name)}; the closest`,
    closest?.map(problemLine) ?? ['there are no spans'],
  );
}

/**
 * Throws when the spans do not fit the patterns, one for each root.
 * @throws AssertionError of node:assert, whose message holds the differences and the actual tree
 */
export function expectTree(spans: TreeLike, ...patterns: readonly SpanPattern[]): void {
  const { matches, message } = matchTree(spans, ...patterns);
  if (!matches) throw new AssertionError({ message, stackStartFn: expectTree });
}

function isTree(spans: TreeLike): spans is SpanTree {
  return 'roots' in spans;
}

function allNodes({ roots, orphans }: SpanTree): SpanNode[] {
  return [...roots, ...orphans].flatMap((node) => Array.from(descend(node)));
}

function result(tree: SpanTree, title: string, problems: readonly string[]): TreeMatch {
  const indented = (lines: readonly string[]): string =>
    lines.map((line) => `  ${line}`).join('\n');
  const actual = indented(printTree(tree).split('\n'));
  return {
    matches: problems.length === 0,
    problems,
    message: `${title}:\n${indented(problems)}\nactual spans:\n${actual}`,
  };
}

function problemLine({ path, text }: Problem): string {
  return path.length === 0 ? text : `${path.join(' > ')}: ${text}`;
}
