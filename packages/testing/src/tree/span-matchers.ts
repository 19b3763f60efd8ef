import { matchSpan, matchTree, type TreeLike, type TreeMatch } from './match-tree.ts';
import type { SpanPattern } from './span-pattern.ts';

interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** Matchers for `expect.extend`, in the form that vitest and jest share. */
export const spanMatchers: {
  /** One pattern for each root; see `matchTree`. */
  toMatchSpanTree(received: TreeLike, ...patterns: readonly SpanPattern[]): MatcherResult;
  /** A span anywhere that fits; see `matchSpan`. */
  toHaveSpan(received: TreeLike, pattern: SpanPattern): MatcherResult;
} = {
  toMatchSpanTree: (received, ...patterns) => resultOf(matchTree(received, ...patterns)),
  toHaveSpan: (received, pattern) => resultOf(matchSpan(received, pattern)),
};

/**
 * The types of {@link spanMatchers}, for the test runner's own interface. With vitest 5:
 * `declare module 'vitest' { interface Matchers<R extends void | Promise<void>, T> extends SpanMatchers<R> {} }`
 */
export interface SpanMatchers<R = void> {
  toMatchSpanTree(...patterns: readonly SpanPattern[]): R;
  toHaveSpan(pattern: SpanPattern): R;
}

function resultOf({ matches, message }: TreeMatch): MatcherResult {
  // Where the matcher is negated, the message is asked for although nothing is wrong: the tree then says it.
  const tree = message.slice(message.indexOf('\nactual spans:'));
  return {
    pass: matches,
    message: () => (matches ? `the spans match, and should not${tree}` : message),
  };
}
