// Spans written down by hand, for tests of the tree and its matchers.
import type { DecodedSpan } from '../src/otlp/decoded-span.ts';

export interface Sketch extends Partial<DecodedSpan> {
  readonly name: string;
  readonly children?: readonly Sketch[];
}

/** The spans of a sketched tree, parents first, one millisecond apart. Ids count up from 1. */
export function sketchSpans(...roots: readonly Sketch[]): DecodedSpan[] {
  const spans: DecodedSpan[] = [];
  const add = ({ children = [], ...sketch }: Sketch, parentSpanId?: string): void => {
    const spanId = (spans.length + 1).toString(16).padStart(16, '0');
    const startTimeUnixNano = BigInt(spans.length) * 1_000_000n;
    spans.push({
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId,
      parentSpanId,
      traceState: '',
      flags: 0x101,
      kind: 0,
      startTimeUnixNano,
      endTimeUnixNano: startTimeUnixNano + 1_500_000n,
      attributes: {},
      droppedAttributesCount: 0,
      events: [],
      droppedEventsCount: 0,
      links: [],
      droppedLinksCount: 0,
      status: { code: 0 },
      resource: { attributes: {}, droppedAttributesCount: 0, schemaUrl: '' },
      scope: { name: '', version: '', attributes: {}, droppedAttributesCount: 0, schemaUrl: '' },
      ...sketch,
    });
    for (const child of children) add(child, spanId);
  };
  for (const root of roots) add(root);
  return spans;
}
