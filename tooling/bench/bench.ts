import { setImmediate } from 'node:timers';
import type { Target } from './target.ts';

export { compareAdded } from './compare-added.ts';
export { cpuTimeOf } from './cpu-time.ts';
export { inStockSpan, type StockSpan, stockSpanOf } from './stock-span.ts';

/** One side of a comparison. Give `run`, or `measure` where a plain loop cannot time it. */
export interface Subject {
  readonly name: string;
  /** The work. Return something that depends on it, so that it cannot be optimised away. May be async. */
  readonly run?: (() => unknown) | undefined;
  /**
   * Takes its own measurement and returns nanoseconds per operation. For percentiles, throughput and child processes. It is
   * told how long one round is to take.
   */
  readonly measure?: ((round: { readonly millis: number }) => number | Promise<number>) | undefined;
  /** How many operations one call of `run` does. @defaultValue 1 */
  readonly operations?: number | undefined;
  /** Called before each round, outside the measurement. */
  readonly before?: (() => unknown) | undefined;
  /** Called after each round, outside the measurement, also when the round failed. */
  readonly after?: (() => unknown) | undefined;
}

/** Ours against a baseline, measured in turns in one process. */
export interface Comparison {
  /** The row of the targets table, for example `P1`. */
  readonly id: string;
  /** The work and its input, in a few words. */
  readonly title: string;
  /** Left out where the target is a plain figure. */
  readonly baseline?: Subject | undefined;
  readonly ours: Subject;
  /** Shows what both sides allocate per operation, also where no target asks for it. @defaultValue false */
  readonly bytes?: boolean | undefined;
  /** Must hold: the bench run fails where it does not. */
  readonly floor?: Target | undefined;
  /** What we are after. Missing it is shown and is no failure. */
  readonly stretch?: Target | undefined;
}

const declared: Comparison[] = [];

/**
 * Declares a comparison of a bench file. Nothing runs here: `pnpm bench` measures what the file declared, and
 * so does `node bench/x.bench.ts`. A bench file is a list of such calls; it need not export anything
 * (an `export default` needs a written type, because declarations are isolated).
 */
export function compare(comparison: Comparison): Comparison {
  for (const subject of [comparison.ours, comparison.baseline]) {
    if (subject === undefined) continue;
    if ((subject.run === undefined) === (subject.measure === undefined)) {
      throw new TypeError(`${comparison.id}: "${subject.name}" needs either run or measure`);
    }
  }
  if (comparison.baseline === undefined && needsBaseline(comparison)) {
    throw new TypeError(`${comparison.id}: a target relative to the baseline needs a baseline`);
  }
  if (declared.push(comparison) === 1) runWhenStartedDirectly();
  return comparison;
}

/** Everything declared so far in this process, in order. */
export function declaredComparisons(): readonly Comparison[] {
  return declared;
}

function needsBaseline({ floor, stretch }: Comparison): boolean {
  return [floor, stretch].some(
    (target) =>
      target?.timesFaster !== undefined ||
      target?.timesTheTime !== undefined ||
      target?.maxExtraNanos !== undefined,
  );
}

function runWhenStartedDirectly(): void {
  if (process.argv[1]?.endsWith('.bench.ts') !== true) return;
  // After the file has declared its last comparison.
  setImmediate(() => {
    import('./run-one-file.ts')
      .then(({ runDirectly }) => runDirectly(declared))
      .catch((error: unknown) => {
        console.error(error);
        process.exitCode = 2;
      });
  });
}
