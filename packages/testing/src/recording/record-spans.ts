import { spanTree, type SpanTree } from '../tree/span-tree.ts';
import type { ReadableSpan } from './readable-span.ts';

/**
 * Keeps every span it is given, in memory. A span processor (`spanProcessors: [recorder]`) and a span
 * exporter (`new BatchSpanProcessor({ exporter: recorder })`) at once, for both OpenTelemetry lines.
 */
export interface SpanRecorder {
  /** Ended spans, in the order of their end. Unsampled ones too: a tail sampler behind this decides later. */
  readonly spans: readonly ReadableSpan[];
  /** Names of spans that started and have not ended: a leak, at the end of a test. Processor only. */
  readonly openSpans: readonly string[];
  /** The ended spans as trees, one for each root. */
  tree(): SpanTree;
  /** Forgets all spans, ended or open. */
  clear(): void;

  onStart(span: StartedSpan, parentContext?: unknown): void;
  onEnd(span: ReadableSpan): void;
  export(spans: ReadableSpan[], resultCallback: (result: { code: 0 }) => void): void;
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}

type StartedSpan = Pick<ReadableSpan, 'name' | 'spanContext'>;

export function recordSpans(): SpanRecorder {
  let spans: ReadableSpan[] = [];
  // By id and not by object: a wrapper in front of this may hand on a view of the span at its end.
  const open = new Map<string, StartedSpan>();
  const idOf = (span: StartedSpan): string => {
    const { traceId, spanId } = span.spanContext();
    return `${traceId}:${spanId}`;
  };

  return {
    get spans() {
      return spans;
    },
    get openSpans() {
      return [...open.values()].map((span) => span.name);
    },
    tree: () => spanTree(spans),
    clear() {
      spans = [];
      open.clear();
    },
    onStart(span) {
      open.set(idOf(span), span);
    },
    onEnd(span) {
      open.delete(idOf(span));
      spans.push(span);
    },
    export(batch, resultCallback) {
      for (const span of batch) spans.push(span);
      resultCallback({ code: 0 });
    },
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
}
