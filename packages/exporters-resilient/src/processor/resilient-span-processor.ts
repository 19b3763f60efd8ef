import {
  FailureLog,
  Ledger,
  type LedgerSnapshot,
  ledgerErrors,
  type ReadableSpan,
  type SpanProcessor,
  type TimeLimit,
  total,
  withTimeout,
} from '@llm-otel/core';
import { diag } from '@opentelemetry/api';
import { FirstDrop } from '../delivery/first-drop.ts';
import { DestinationSet } from '../destination-set.ts';
import { keepProcessAlive } from '../keep-process-alive.ts';
import { BatchHandOver } from './batch-hand-over.ts';
import { BatchPump } from './batch-pump.ts';
import { estimateSpanBytes } from './estimate-span-bytes.ts';
import {
  type ResilientSpanProcessorOptions,
  resolveProcessorOptions,
} from './processor-options.ts';
import { QueueOverflow } from './queue-overflow.ts';
import { SpanQueue } from './span-queue.ts';
import { StageChain } from './stage-chain.ts';

/** A span processor that loses no span without counting it. */
export interface ResilientSpanProcessor extends SpanProcessor {
  /** Where every span that ended is now. */
  ledger(): LedgerSnapshot;
  /**
   * Resolves when every span that ended before has been delivered, spooled, rejected or dropped, or after the
   * timeout, which is logged; with a spool what is left by then is spooled. Tail stages decide at once about what they hold. Never rejects.
   */
  forceFlush(options?: TimeLimit): Promise<void>;
  /**
   * Flushes, then stops. What is left after the timeout is spooled, without a spool counted as dropped
   * (`shutdown_timeout`), spans that end afterwards as `already_shutdown`. May be called again: the first call counts. Never rejects.
   */
  shutdown(options?: TimeLimit): Promise<void>;
}

const SAMPLED = 1;
const SPOOL_MILLIS = 500;
const NOT_SAMPLED = -1;

/**
 * Our batch span processor: bounded by bytes as well as by number, delivering to any number of destinations, each
 * with retries of its own.
 * @throws InvalidOptionError for an option that cannot be used
 */
export function resilientSpanProcessor(
  options: ResilientSpanProcessorOptions,
): ResilientSpanProcessor {
  const resolved = resolveProcessorOptions(options);
  const { clock, queueItems, queueBytes } = resolved;
  const ledger = new Ledger('traces');
  const failures = new FailureLog();
  const firstDrop = new FirstDrop(failures);
  const queue = new SpanQueue({
    maxItems: queueItems,
    maxBytes: queueBytes,
    whenFull: resolved.whenFull,
    onEvicted: () => dropForRoom('a less important span'),
  });
  const spool = options.spool?.open({ clock, failures });
  const destinations = new DestinationSet({
    destinations: options.destinations,
    ledger,
    retry: options.retry,
    buffer: options.buffer,
    clock,
    random: options.random ?? Math.random,
    failures,
    spool,
  });
  const handOver = new BatchHandOver({
    destinations,
    batchBytes: resolved.batchBytes,
    sensitivityOf: options.sensitivityOf,
    failures,
  });
  const pump = new BatchPump({ ...resolved, queue, handOver, ledger, failures });
  const { transforms } = resolved;
  const overflow = spool && new QueueOverflow({ queue, transforms, handOver, ledger, failures });
  const dropForRoom = (what: string): void => {
    ledger.dropped('queue_full', 1);
    firstDrop.tell(
      'queue_full',
      `${what} was dropped, ${queue.size} of at most ${queueItems} spans (${queue.bytes} of ${queueBytes} bytes) wait for a batch; queue.maxItems (OTEL_BSP_MAX_QUEUE_SIZE) and queue.maxBytes allow more, and a spool takes what memory has no room for`,
    );
  };
  const stages = new StageChain(
    options.stages ?? [],
    {
      // Never throws: a stage that drains would lose the spans behind this one.
      onEnd(span) {
        const bytes = failures.guard('reading a span', () => bytesOfSampled(span));
        if (bytes === undefined) ledger.dropped('span_unreadable', 1);
        // Recorded for a tail stage, and none of them has decided to keep it.
        else if (bytes === NOT_SAMPLED) ledger.sampledOut('not_sampled', 1);
        else {
          if (overflow !== undefined) pump.passedBy(overflow.makeRoomFor(bytes));
          const priority = failures.guard('weighing a span', () => resolved.priorityOf(span)) ?? 1;
          if (queue.add(span, bytes, priority)) pump.added();
          else dropForRoom(`a span of about ${bytes} bytes`);
        }
      },
    },
    ledger,
    failures,
  );
  ledger.watch({
    undecided: () => (closed ? 0 : stages.heldSpans()),
    queued: () => queue.size + pump.preparing,
  });
  let closed = false;
  let shuttingDown: Promise<void> | undefined;

  const flush = async (): Promise<void> => {
    stages.drain();
    await pump.flush();
    await destinations.forceFlush();
  };

  const shutDown = async (timeoutMillis: number): Promise<void> => {
    const deadline = clock.monotonicMillis() + timeoutMillis;
    const timeLeft = (): number => deadline - clock.monotonicMillis();
    // Redacting and writing what is left takes time as well.
    const forSpool = overflow === undefined ? 0 : Math.min(timeoutMillis / 10, SPOOL_MILLIS);
    destinations.hurry();
    // The flag comes after the flush: spans that end meanwhile still belong to it.
    let ended: unknown;
    do ended = await withTimeout(flush(), Math.max(timeLeft() - forSpool, 0), clock);
    while (ended !== 'timeout' && queue.size + stages.heldSpans() > 0 && timeLeft() > forSpool);

    const left = pump.close();
    if (overflow === undefined) {
      const abandoned = left.ready.length + left.untransformed.length + queue.size;
      if (abandoned > 0) ledger.dropped('shutdown_timeout', abandoned);
      queue.take(Infinity, Infinity);
    } else {
      failures.guard('spooling what is left', () => {
        handOver.hand(left.ready, 0);
        overflow.hand(left.untransformed, 0);
        overflow.empty();
      });
    }
    const undecided = stages.heldSpans();
    if (undecided > 0) ledger.dropped('shutdown_timeout', undecided);
    closed = true;
    const missing = missingSpans(ledger.snapshot());
    if (missing > 0) ledger.dropped('shutdown_timeout', missing);
    stages.close();
    await withTimeout(destinations.close('shutdown_timeout'), Math.max(timeLeft(), 0), clock);
    spool?.close();
    const lost = shutdownLosses(ledger.snapshot());
    if (lost > 0)
      firstDrop.tell(
        'shutdown_timeout',
        `${lost} spans were not delivered within ${Math.round(timeoutMillis)} ms and are dropped; the timeoutMillis of shutdown() (default: shutdownTimeoutMillis) allows more time`,
      );
  };

  return {
    onStart() {
      // Everything happens when a span ends.
    },
    onEnd(span: ReadableSpan) {
      ledger.ended(1);
      if (closed) {
        ledger.dropped('already_shutdown', 1);
        firstDrop.tell(
          'already_shutdown',
          'a span that ended after shutdown() was dropped; call it when all work is done',
        );
        return;
      }
      try {
        stages.first.onEnd(span);
      } catch (error) {
        failures.report('a stage', error);
        const missing = missingSpans(ledger.snapshot());
        if (missing > 0) ledger.dropped('stage_failed', missing);
      }
    },
    async forceFlush({ timeoutMillis = resolved.exportTimeoutMillis } = {}) {
      if (closed) return;
      const ended = await keepProcessAlive(withTimeout(flush(), timeoutMillis, clock));
      if (ended === 'timeout' && spool !== undefined) {
        failures.guard('spooling what is left', () => overflow?.empty());
        destinations.secure();
      } else if (ended === 'timeout')
        failures.guard('logging', () =>
          diag.warn(`llm-otel: flush not finished after ${timeoutMillis} ms, export goes on`),
        );
    },
    shutdown({ timeoutMillis = resolved.shutdownTimeoutMillis } = {}) {
      shuttingDown ??= keepProcessAlive(shutDown(timeoutMillis));
      return shuttingDown;
    },
    ledger: () => ledger.snapshot(),
  };
}

function bytesOfSampled(span: ReadableSpan): number {
  return (span.spanContext().traceFlags & SAMPLED) === 0 ? NOT_SAMPLED : estimateSpanBytes(span);
}

/** Spans, counted once for each destination that they did not reach in time. */
function shutdownLosses({ dropped, destinations }: LedgerSnapshot): number {
  const lost = [dropped, ...Object.values(destinations).map((to) => to.dropped)];
  return lost.reduce((sum, counts) => sum + (counts['shutdown_timeout'] ?? 0), 0);
}

/** Spans that ended and are nowhere. The stage that threw may have passed its span on before, or not. */
function missingSpans(snapshot: LedgerSnapshot): number {
  if (ledgerErrors(snapshot).length === 0) return 0;
  return (
    snapshot.ended -
    total(snapshot.sampledOut) -
    snapshot.undecided -
    snapshot.queued -
    total(snapshot.dropped) -
    snapshot.handed
  );
}
