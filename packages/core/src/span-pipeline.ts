import type { ReadableSpan } from './sdk-types.ts';

/** Something that takes ended spans: a stage, or the queue behind the last one. */
export interface SpanReceiver {
  /** Called on the application's thread for each ended span. Does not block, does not throw. */
  onEnd(span: ReadableSpan): void;
  /** Spans held back at this moment: not passed on, not counted as sampled out. Absent: none, ever. */
  heldSpans?(): number;
  /** Decides about every span it holds, at once, and passes on what is kept. For a flush or a shutdown. */
  drain?(): void;
  /** Clears timers. Nothing is received afterwards. */
  close?(): void;
}

/** What a stage tells the ledger about spans it does not pass on. */
export interface StageReport {
  /** `rule` is the name of the sampling rule that decided. */
  sampledOut(rule: string, spans: number): void;
  dropped(reason: string, spans: number): void;
}

/**
 * A stage on the hot path, between a span's end and the queue: normalise, aggregate, tail sampling.
 * It passes a span on to `next` now, later or never, and reports the ones it does not pass on.
 */
export type SpanStage = (next: SpanReceiver, report: StageReport) => SpanReceiver;

/**
 * A stage off the hot path, between the queue and the encoder: redaction, budgets, dialect.
 * Returns the span itself when there is nothing to change, otherwise a view of it with the change:
 * other processors still read the original. When it throws, the span is dropped and counted,
 * so a failed redaction lets nothing through.
 */
export interface SpanTransform {
  /** Stands in the reason of a dropped span: `<name>_failed`. */
  readonly name: string;
  transform(span: ReadableSpan): ReadableSpan;
}

/** Puts `stages` in front of `last`. The first stage listed sees each span first. */
export function connectStages(
  stages: readonly (SpanStage | undefined)[],
  last: SpanReceiver,
  report: StageReport,
): SpanReceiver {
  return stages.reduceRight((next, stage) => stage?.(next, report) ?? next, last);
}
