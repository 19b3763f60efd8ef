import { SpanKind, type SpanStatus, SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan } from '@llm-otel/testing';

/** A span as it can travel from a child process. */
export interface PlainSpan {
  readonly name: string;
  readonly kind: SpanKind;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly startMillis: number;
  readonly links: readonly string[];
  readonly status: SpanStatus;
  readonly attributes: Readonly<Record<string, unknown>>;
}

export function plainSpan(span: ReadableSpan): PlainSpan {
  const { traceId, spanId } = span.spanContext();
  return {
    name: span.name,
    kind: span.kind,
    traceId,
    spanId,
    parentSpanId: span.parentSpanContext?.spanId,
    startMillis: span.startTime[0] * 1e3 + span.startTime[1] / 1e6,
    links: span.links.map((link) => link.context.spanId),
    status: span.status,
    attributes: span.attributes,
  };
}

/** The spans as lines: side, name, failure, indented below their parents, in the order they started. */
export function spanLines(spans: readonly PlainSpan[]): readonly string[] {
  const known = new Set(spans.map(({ spanId }) => spanId));
  const isBelow = (span: PlainSpan, parent: string | undefined): boolean =>
    parent === undefined
      ? span.parentSpanId === undefined || !known.has(span.parentSpanId)
      : span.parentSpanId === parent;
  const lines: string[] = [];
  const add = (parent: string | undefined, indent: string): void => {
    const children = spans.filter((span) => isBelow(span, parent));
    for (const span of children.toSorted((a, b) => a.startMillis - b.startMillis)) {
      lines.push(indent + lineOf(span));
      add(span.spanId, `${indent}  `);
    }
  };
  add(undefined, '');
  return lines;
}

/**
 * The same tree with what is below one span in the order of its text: which of two spans in two processes started first,
 * nobody can tell.
 */
export function withoutOrder(lines: readonly string[]): readonly string[] {
  const depthOf = (line: string): number => line.length - line.trimStart().length;
  const groups: string[][] = [];
  for (const line of lines) {
    if (groups.length === 0 || depthOf(line) <= depthOf(lines[0]!)) groups.push([line]);
    else groups.at(-1)!.push(line);
  }
  return groups
    .map((group) => group.slice(0, 1).concat(withoutOrder(group.slice(1))))
    .toSorted((a, b) => (a.join('\n') < b.join('\n') ? -1 : 1))
    .flat();
}

const sides: Readonly<Record<number, string>> = {
  [SpanKind.SERVER]: 'server ',
  [SpanKind.CLIENT]: 'client ',
};

function lineOf({ name, kind, status, attributes }: PlainSpan): string {
  const failed = status.code === SpanStatusCode.ERROR;
  const code = attributes['rpc.response.status_code'] as string | undefined;
  const ending = failed ? ` ! ${String(attributes['error.type'])}` : '';
  return `${sides[kind] ?? ''}${name}${code === undefined || failed ? ending : ` (${code})`}`;
}
