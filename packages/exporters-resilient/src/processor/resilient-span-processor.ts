import type { LedgerSnapshot, ReadableSpan, SpanProcessor, TimeLimit } from '@llm-otel/core';
import { spanBatches } from '../batch/batch-source.ts';
import type { FlushResult, HeldItems } from '../flush-result.ts';
import { estimateSpanBytes } from './estimate-span-bytes.ts';
import { ItemPipeline } from './item-pipeline.ts';
import { missingItems } from './missing-items.ts';
import { PipelineOwner } from './pipeline-owner.ts';
import {
  type ResilientSpanProcessorOptions,
  resolveProcessorOptions,
} from './processor-options.ts';
import { StageChain } from './stage-chain.ts';

/** A span processor that loses no span without counting it. */
export interface ResilientSpanProcessor extends SpanProcessor {
  /** Where every span that ended is now. */
  ledger(): LedgerSnapshot;
  /** What is not delivered yet: on disk, and in memory only. As `flush` answers it, without a flush. */
  held(): HeldItems;
  /**
   * For callers that can wait, such as a batch job between two documents: resolves with true when the queue is at most
   * half full and every destination takes more, with false after the timeout. With a spool at once.
   * @defaultValue 25000 ms
   */
  ready(options?: TimeLimit): Promise<boolean>;
  /** Flushes as `forceFlush` does, and tells how it went. Never rejects. */
  flush(options?: TimeLimit): Promise<FlushResult>;
  /**
   * Resolves when every span that ended before has been delivered, spooled, rejected or dropped, or after the
   * timeout, which is logged; with a spool what is left by then is spooled, as far as the transforms get with it in 50 ms. Tail stages decide at once about what they hold. Never rejects.
   */
  forceFlush(options?: TimeLimit): Promise<void>;
  /**
   * Flushes, then stops. What is left after the timeout is spooled, which may take up to 5 s more, without a spool counted as dropped
   * (`shutdown_timeout`), spans that end afterwards as `already_shutdown`. May be called again: the first call counts. Never rejects.
   */
  shutdown(options?: TimeLimit): Promise<void>;
}

const SAMPLED = 1;

/**
 * Our batch span processor: bounded by bytes as well as by number, delivering to any number of destinations, each
 * with retries of its own.
 * @throws InvalidOptionError for an option that cannot be used
 */
export function resilientSpanProcessor(
  options: ResilientSpanProcessorOptions,
): ResilientSpanProcessor {
  const resolved = resolveProcessorOptions(options);
  const pipeline = new ItemPipeline<ReadableSpan>({
    ...resolved,
    signal: 'traces',
    itemName: 'span',
    queueVariable: 'OTEL_BSP_MAX_QUEUE_SIZE',
    batchesOf: (failures) => spanBatches({ maxRequestBytes: resolved.batchBytes, failures }),
  });
  const { ledger, failures } = pipeline;
  const stages = new StageChain(
    options.stages ?? [],
    {
      // Never throws: a stage that drains would lose the spans behind this one.
      onEnd(span) {
        let isSampled: boolean;
        try {
          isSampled = (span.spanContext().traceFlags & SAMPLED) !== 0;
        } catch (error) {
          failures.report('reading a span', error);
          ledger.dropped('span_unreadable', 1);
          return;
        }
        if (isSampled) pipeline.add(span, estimateSpanBytes(span));
        // Recorded for a tail stage, and none of them has decided to keep it.
        else ledger.sampledOut('not_sampled', 1);
      },
    },
    ledger,
    failures,
  );
  const dropMissing = (reason: string): void => {
    const missing = missingItems(ledger.snapshot());
    if (missing > 0) ledger.dropped(reason, missing);
  };
  const owner = new PipelineOwner(pipeline, resolved, {
    held: () => stages.heldSpans(),
    drain: () => stages.drain(),
    closed(reason) {
      const undecided = stages.heldSpans();
      if (undecided > 0) ledger.dropped(reason, undecided);
      dropMissing(reason);
      stages.close();
    },
  });

  return {
    onStart() {
      // Everything happens when a span ends.
    },
    onEnd(span: ReadableSpan) {
      ledger.ended(1);
      if (owner.isClosed) {
        pipeline.tooLate();
        return;
      }
      try {
        stages.first.onEnd(span);
      } catch (error) {
        failures.report('a stage', error);
        dropMissing('stage_failed');
      }
    },
    ready: (limit) => owner.ready(limit),
    flush: (limit) => owner.flush(limit),
    forceFlush: (limit) => owner.forceFlush(limit),
    shutdown: (limit) => owner.shutdown(limit),
    ledger: () => owner.ledger(),
    held: () => owner.held(),
  };
}
