import type { RecordedRequest, Signal } from '@llm-otel/core';
import { decodeOtlpProtobuf } from '../decode/decode-protobuf.ts';

const MEMBERS = {
  resourceSpans: 'traces',
  resourceLogs: 'logs',
  resourceMetrics: 'metrics',
} as const;

type Found = Pick<RecordedRequest, 'signal' | 'request'>;

/** Which request parsed JSON is; `undefined` where it is none. */
export function jsonRequest(json: unknown): Found | undefined {
  if (typeof json !== 'object' || json === null) return undefined;
  const request = json as Found['request'];
  for (const [member, signal] of Object.entries(MEMBERS)) {
    if (Array.isArray(request[member])) return { signal, request };
  }
  return undefined;
}

/**
 * Which request these bytes are. The requests of all three signals begin alike: it is the one that fits, and of which the
 * fewest fields are unknown. Spans count as such when their ids have the length of ids.
 * @throws Error with the reason and the byte where they are none
 */
export function protobufRequest(bytes: Uint8Array): Found {
  let best: (Found & { readonly unknown: number }) | undefined;
  let problem: string | undefined;
  for (const signal of Object.values(MEMBERS)) {
    const decoded = decodeOtlpProtobuf(signal, bytes);
    if (!decoded.ok) {
      problem ??= `${decoded.reason} (byte ${decoded.offset})`;
      continue;
    }
    const unknown = decoded.unknownFields;
    if (best !== undefined && best.unknown <= unknown) continue;
    const request = decoded.value as Found['request'];
    if (signal !== 'traces' || hasIds(request)) best = { signal, request, unknown };
  }
  if (best === undefined) throw new Error(problem ?? 'no span has an id of 16 bytes');
  return best;
}

/** True without spans as well. */
function hasIds(request: Found['request']): boolean {
  const byResource = request as {
    readonly resourceSpans?: readonly {
      readonly scopeSpans?: readonly {
        readonly spans?: readonly { readonly traceId?: unknown }[];
      }[];
    }[];
  };
  return (byResource.resourceSpans ?? []).every(({ scopeSpans = [] }) =>
    scopeSpans.every(({ spans = [] }) =>
      spans.every(({ traceId }) => typeof traceId === 'string' && traceId.length === 32),
    ),
  );
}

/** What is recorded under its signal, as a spool says it. */
export function protobufRequestOf(signal: Signal, bytes: Uint8Array): Found {
  const decoded = decodeOtlpProtobuf(signal, bytes);
  if (!decoded.ok) throw new Error(`${decoded.reason} (byte ${decoded.offset})`);
  return { signal, request: decoded.value as Found['request'] };
}
