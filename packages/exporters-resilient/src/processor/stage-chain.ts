import {
  connectStages,
  type FailureLog,
  type SpanReceiver,
  type SpanStage,
  type StageReport,
} from '@llm-otel/core';

/** The stages between a span's end and the queue, with what has to be asked of each of them. */
export class StageChain {
  readonly first: SpanReceiver;
  readonly #receivers: SpanReceiver[] = [];
  readonly #failures: FailureLog;

  constructor(
    stages: readonly (SpanStage | undefined)[],
    last: SpanReceiver,
    report: StageReport,
    failures: FailureLog,
  ) {
    this.#failures = failures;
    this.first = connectStages(
      stages.map((stage) => stage && this.#watched(stage)),
      last,
      report,
    );
  }

  /** Spans held by all stages. A stage answers for itself only. */
  heldSpans(): number {
    return this.#receivers.reduce((sum, receiver) => sum + (receiver.heldSpans?.() ?? 0), 0);
  }

  /** Every stage decides, the first one first: what it passes on is held by the next. */
  drain(): void {
    for (const receiver of this.#receivers)
      this.#failures.guard('draining a stage', () => receiver.drain?.());
  }

  close(): void {
    for (const receiver of this.#receivers)
      this.#failures.guard('closing a stage', () => receiver.close?.());
  }

  #watched(stage: SpanStage): SpanStage {
    return (next, report) => {
      // Only spans go on to the next stage: one that forwarded `heldSpans` too would count spans twice.
      const receiver = stage({ onEnd: (span) => next.onEnd(span) }, report);
      this.#receivers.unshift(receiver);
      return receiver;
    };
  }
}
