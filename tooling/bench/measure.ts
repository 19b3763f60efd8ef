import { do_not_optimize as keep, measure as sample } from 'mitata';
import type { Comparison, Subject } from './bench.ts';
import { describeTarget, meets, type Target } from './target.ts';

/** How long a comparison is measured. */
export interface Effort {
  /** Rounds of baseline and ours in turn; the medians count. At least 3. */
  readonly rounds: number;
  /** Shortest time spent on one side in one round, in milliseconds. */
  readonly millisPerRound: number;
}

export const fullEffort: Effort = { rounds: 7, millisPerRound: 250 };
export const quickEffort: Effort = { rounds: 3, millisPerRound: 60 };

// How allocations are counted: rounds, and calls in each, few enough that most rounds see no collection.
const ALLOCATION_ROUNDS = 60;
const CALLS_PER_ROUND = 200;

export type Verdict = 'stretch reached' | 'floor holds' | 'floor missed' | 'no target';

/** One measured row. Times are nanoseconds per operation, medians over the rounds. */
export interface Row {
  readonly id: string;
  readonly title: string;
  readonly ours: { readonly name: string; readonly nanos: number; readonly bytes?: number };
  readonly baseline?: { readonly name: string; readonly nanos: number; readonly bytes?: number };
  /** Our time divided by the baseline's: the median over the rounds of the ratio within a round. */
  readonly ratio?: number;
  /** Our time less the baseline's: the median over the rounds. */
  readonly extraNanos?: number;
  /** Lowest and highest ratio of a round: how steady the machine was. */
  readonly ratioRange?: readonly [number, number];
  readonly floor?: Target;
  readonly stretch?: Target;
  readonly verdict: Verdict;
}

/** Measures ours and the baseline in turns and holds the medians against the targets. */
export async function measureComparison(comparison: Comparison, effort: Effort): Promise<Row> {
  const ours = sampler(comparison.ours);
  const baseline = comparison.baseline === undefined ? undefined : sampler(comparison.baseline);

  // The first round only lets the engine compile both sides.
  const warmUp = Math.min(effort.millisPerRound, 50);
  await baseline?.(warmUp);
  await ours(warmUp);

  const oursTimes: number[] = [];
  const baselineTimes: number[] = [];
  for (let round = 0; round < effort.rounds; round++) {
    // The order alternates, so that neither side always runs in the other's warm or dirty cache.
    if (round % 2 === 1) oursTimes.push(await ours(effort.millisPerRound));
    if (baseline !== undefined) baselineTimes.push(await baseline(effort.millisPerRound));
    if (round % 2 === 0) oursTimes.push(await ours(effort.millisPerRound));
  }

  const { id, title, floor, stretch } = comparison;
  const ratios = baselineTimes.map((time, round) => (oursTimes[round] ?? Number.NaN) / time);
  const figures = {
    oursNanos: median(oursTimes),
    // Of sides measured one behind the other, as the ratio: the machine may be slower in some rounds.
    extraNanos:
      baseline === undefined
        ? undefined
        : median(baselineTimes.map((time, round) => (oursTimes[round] ?? Number.NaN) - time)),
    oursBytes: await oursBytes(comparison),
    ...(baseline === undefined ? {} : { ratio: median(ratios) }),
  };
  const baselineBytes =
    comparison.bytes === true ? await allocatedBytes(comparison.baseline) : undefined;
  const verdict = judge(meetsOr(floor), meetsOr(stretch));
  function meetsOr(target: Target | undefined): boolean | undefined {
    return target === undefined || describeTarget(target) === ''
      ? undefined
      : meets(figures, target);
  }

  return {
    id,
    title,
    ours: {
      name: comparison.ours.name,
      nanos: figures.oursNanos,
      ...(figures.oursBytes === undefined ? {} : { bytes: figures.oursBytes }),
    },
    ...(comparison.baseline === undefined
      ? {}
      : {
          baseline: {
            name: comparison.baseline.name,
            nanos: median(baselineTimes),
            ...(baselineBytes === undefined ? {} : { bytes: baselineBytes }),
          },
          ratio: median(ratios),
          ...(figures.extraNanos !== undefined && { extraNanos: figures.extraNanos }),
          ratioRange: [Math.min(...ratios), Math.max(...ratios)],
        }),
    ...(floor === undefined ? {} : { floor }),
    ...(stretch === undefined ? {} : { stretch }),
    verdict,
  };
}

/** The middle value; of an even count, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

function judge(floor: boolean | undefined, stretch: boolean | undefined): Verdict {
  if (floor === false) return 'floor missed';
  if (stretch === true) return 'stretch reached';
  return floor === undefined && stretch === undefined ? 'no target' : 'floor holds';
}

type Sampler = (millis: number) => Promise<number>;

/** Returns a function that measures `subject` for some milliseconds and gives nanoseconds per operation. */
function sampler(subject: Subject): Sampler {
  const work = subject.run === undefined ? undefined : keepingResult(subject.run);
  return async (millis) => {
    await subject.before?.();
    try {
      if (work === undefined) return checked(await subject.measure?.({ millis }), subject);
      // No forced collection between rounds: unlike those that happen by themselves, it throws compiled code away, and the
      // round would measure how that is compiled again. Left out, the library would fill memory to force one.
      const stats = await sample(work, { min_cpu_time: millis * 1e6, gc: false });
      return checked(stats.p50 / (subject.operations ?? 1), subject);
    } finally {
      await subject.after?.();
    }
  };
}

function checked(nanos: number | undefined, subject: Subject): number {
  if (nanos !== undefined && Number.isFinite(nanos) && nanos >= 0) return nanos;
  throw new TypeError(`"${subject.name}" gave ${nanos} instead of nanoseconds`);
}

/**
 * A function that calls `run` and keeps what it returns from being optimised away. Each subject gets its own piece
 * of code: with one shared closure the engine would optimise it for the side that runs first.
 */
function keepingResult(run: () => unknown): () => unknown {
  // oxlint-disable-next-line typescript/no-implied-eval -- the only way to get separate code
  const make = new Function(
    'run',
    'keep',
    'return () => { const r = run(); keep(r); return r; };',
  ) as (run: () => unknown, keep: (value: unknown) => void) => () => unknown;
  return make(run, keep);
}

async function oursBytes({ ours, bytes, floor, stretch }: Comparison): Promise<number | undefined> {
  const limited = floor?.maxBytes !== undefined || stretch?.maxBytes !== undefined;
  if (limited && ours.run === undefined)
    throw new TypeError(`"${ours.name}" needs run for a limit in bytes`);
  return limited || bytes === true ? allocatedBytes(ours) : undefined;
}

/** `undefined` for a side that takes its own measurement. */
async function allocatedBytes(subject: Subject | undefined): Promise<number | undefined> {
  if (subject?.run === undefined) return undefined;
  await subject.before?.();
  try {
    const work = keepingResult(subject.run);
    const grown: number[] = [];
    for (let round = 0; round < ALLOCATION_ROUNDS; round++) {
      const before = process.memoryUsage().heapUsed;
      for (let call = 0; call < CALLS_PER_ROUND; call++) {
        const result = work();
        // Waiting for anything but a promise would allocate.
        if (result instanceof Promise) await result;
      }
      grown.push(process.memoryUsage().heapUsed - before);
    }
    // The median of the later half: the first rounds are not compiled yet, and a collection now and then makes one
    // round shrink. Reading the heap size allocates a few bytes, which the division takes away.
    const bytes = median(grown.slice(ALLOCATION_ROUNDS / 2));
    return Math.max(0, Math.floor(bytes / CALLS_PER_ROUND / (subject.operations ?? 1)));
  } finally {
    await subject.after?.();
  }
}
