import type { HrTime } from '@opentelemetry/api';
import type { ReadableSpan } from '@llm-otel/core';
import type { Destination, OpenDestination } from './destination.ts';

export interface ConsoleDestinationOptions {
  /** @defaultValue `console` */
  readonly name?: string | undefined;
  /**
   * Takes one line, without its line end.
   * @defaultValue `console.log`
   */
  readonly write?: ((line: string) => void) | undefined;
}

/** Prints every span as one line of JSON. For development and for log collectors; ids, times and nesting as recorded. */
export function consoleDestination({
  name = 'console',
  // oxlint-disable-next-line no-console -- printing is what was asked for
  write = (line) => console.log(line),
}: ConsoleDestinationOptions = {}): Destination {
  return {
    name,
    open({ ledger, failures }): OpenDestination {
      const nothing = (): Promise<void> => Promise.resolve();
      return {
        accept({ spans }) {
          for (const span of spans) {
            const done = failures.guard('printing a span', () => {
              write(JSON.stringify(printable(span), plainValue));
              return true;
            });
            if (done === true) ledger.exported(1);
            else ledger.dropped('encode_failed', 1);
          }
          return true;
        },
        forceFlush: nothing,
        idleOrTroubled: nothing,
        hurry: () => undefined,
        close: nothing,
      };
    },
  };
}

const KINDS = ['internal', 'server', 'client', 'producer', 'consumer'];
const STATUSES = ['unset', 'ok', 'error'];

function printable(span: ReadableSpan): Record<string, unknown> {
  const { traceId, spanId } = span.spanContext();
  return {
    name: span.name,
    traceId,
    spanId,
    parentSpanId: span.parentSpanContext?.spanId,
    kind: KINDS[span.kind],
    startTime: isoTime(span.startTime),
    durationMillis: span.duration[0] * 1000 + span.duration[1] / 1e6,
    status: STATUSES[span.status.code],
    statusMessage: span.status.message,
    attributes: span.attributes,
    events: span.events.map((event) => ({
      name: event.name,
      time: isoTime(event.time),
      attributes: event.attributes,
    })),
    links: span.links.map(({ context, attributes }) => ({
      traceId: context.traceId,
      spanId: context.spanId,
      attributes,
    })),
    resource: span.resource.attributes,
    scope: span.instrumentationScope.name,
  };
}

function isoTime([seconds, nanos]: HrTime): string {
  return new Date(seconds * 1000 + nanos / 1e6).toISOString();
}

/** JSON knows neither bytes nor numbers beyond its own. */
function plainValue(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (value instanceof Uint8Array)
    return { bytes: Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join('') };
  return value;
}
