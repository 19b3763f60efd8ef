import { readMember } from '@llm-otel/llm-conventions/client';
import type { UsageReport } from './usage-report.ts';

/** Parts and runs that one run remembers. */
const MAX_REPORTS = 10_000;
const MAX_ID_LENGTH = 256;

const AMOUNTS = [
  'inputTokens',
  'outputTokens',
  'microUsd',
  'ownMicroUsd',
  'steps',
  'totalSteps',
  'inferenceCalls',
  'toolCalls',
] as const satisfies readonly (keyof UsageReport)[];

type Amounts = Record<(typeof AMOUNTS)[number], number>;

/** The reports that a run was given. Each amount counts once, however often and in whatever order reports of it come. */
export class IncludedReports {
  readonly #latest = new Map<string, UsageReport>();
  /** Runs inside this one, whose calls are counted as they end. */
  readonly #inside = new Set<string>();

  /** `earlier` are those that came before the run was paused, and are counted. They were stored as JSON, which has no undefined. */
  constructor(earlier?: readonly UsageReport[] | null) {
    for (const report of earlier ?? [])
      if (isId(readMember(report, 'id'))) this.#latest.set(report.id, report);
  }

  /** What is known of each part, for a checkpoint. */
  get latest(): UsageReport[] {
    return [...this.#latest.values()];
  }

  /** Reports of that id add nothing: it is a run inside this one, in this process. */
  isInside(id: string): void {
    if (this.#inside.size < MAX_REPORTS) this.#inside.add(id);
  }

  /**
   * What the report adds to those before it. It comes from elsewhere and may hold anything.
   * @throws TypeError for what is no report, RangeError where there are too many
   */
  take(given: UsageReport): UsageReport {
    const { id, of } = given;
    if (!isId(id))
      throw new TypeError(
        'a report of usage without an id: give `include` what `usageReport` returned',
      );
    const before = this.#latest.get(id);
    if (before === undefined && this.#latest.size >= MAX_REPORTS)
      throw new RangeError(`more than ${MAX_REPORTS} parts in one run: this one is not counted`);
    const total = {} as Amounts;
    const more = {} as Amounts;
    for (const name of AMOUNTS) {
      const known = amountOf(before?.[name]);
      total[name] = Math.max(known, amountOf(given[name]));
      more[name] = this.#inside.has(id) ? 0 : total[name] - known;
    }
    const facts = { id, of: of === 'run' ? of : ('part' as const) };
    this.#latest.set(id, { ...facts, ...total });
    return { ...facts, ...more };
  }
}

function isId(id: unknown): boolean {
  return typeof id === 'string' && id !== '' && id.length <= MAX_ID_LENGTH;
}

function amountOf(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0;
}
