import { type Context, context as contextApi, createContextKey } from '@opentelemetry/api';
import { diagWatch } from './diag-watch.ts';

// The same key as in the SDK: context keys with the same description are equal.
const SUPPRESS_TRACING = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING');

/** Where a line was written, and when. */
export interface Origin {
  readonly context: Context;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  /**
   * Whether it is no line of the application: inside the handing over of a record, by any bridge, in a context of the
   * SDK's own, or through `diag`. An exporter that logs would be logged, for ever.
   */
  readonly isOwn: boolean;
}

let isHandingOver = false;

/** That of a line which is written now. */
export function originHere(): Origin {
  const context = contextApi.active();
  const isOwn = isHandingOver || context.getValue(SUPPRESS_TRACING) === true || diagWatch.isWriting;
  return { context, timestamp: Date.now(), isOwn };
}

/** Does `work`; what it logs is no line of the application. */
export function handOver(work: () => void): void {
  isHandingOver = true;
  try {
    work();
  } finally {
    isHandingOver = false;
  }
}
