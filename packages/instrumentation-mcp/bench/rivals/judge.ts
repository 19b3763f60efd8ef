import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { PlainSpan } from '../../test/contract/plain-span.ts';

/** A request that the table expects a span of: `client tools/call add ! tool_error`. */
interface Expected {
  readonly method: string;
  /** Of a tool or prompt. */
  readonly target: string | undefined;
  readonly failed: boolean;
}

const SIDES = ['client', 'server'] as const;
type Side = (typeof SIDES)[number];

/** What `judge` says, with the heads of the columns. */
export const faults: Readonly<Record<string, string>> = {
  client: 'client spans wrong',
  server: 'server spans wrong',
  apart: 'not one trace',
};

/**
 * Whether each request of a case has one ended span on either side, with the right status, and both are of one trace. Names,
 * kinds and attributes are a rival's own, and so are the spans around them and of notifications.
 */
export function judge(
  lines: readonly string[],
  spans: readonly PlainSpan[],
  open: readonly string[],
): readonly string[] {
  const wrong = SIDES.filter((side) => {
    const expected = requestsOf(lines, side);
    const found = spansOf(lines, side, spans);
    const stillOpen = open.some((name) => expected.some((request) => isNamed(name, request)));
    return stillOpen || !isSame(expected, found);
  });
  const requests = requestsOf(lines, 'server');
  const apart = requests.length > 0 && !areJoined(lines, spans);
  return [...wrong, ...(apart ? ['apart'] : [])];
}

function requestsOf(lines: readonly string[], side: Side): readonly Expected[] {
  return lines
    .map((line) => line.trim())
    .filter((line) => line.startsWith(`${side} `) && !line.includes(' notifications/'))
    .map((line) => {
      const [, method = '', target] = line.split(' ! ', 1)[0]!.split(' ');
      return {
        method,
        target: target?.startsWith('(') ? undefined : target,
        failed: line.includes(' ! '),
      };
    });
}

/** The spans of these requests that are of that side. */
function spansOf(
  lines: readonly string[],
  side: Side,
  spans: readonly PlainSpan[],
): readonly PlainSpan[] {
  const requests = requestsOf(lines, side);
  return spans.filter(
    ({ name, kind, attributes }) =>
      (kind === SpanKind.CLIENT) === (side === 'client') &&
      !name.includes('notifications/') &&
      requests.some(
        (request) => attributes['mcp.method.name'] === request.method || isNamed(name, request),
      ),
  );
}

function isNamed(name: string, { method, target }: Expected): boolean {
  return name.includes(method) || (target !== undefined && name.includes(target));
}

/** As many, and as many of them failed. */
function isSame(expected: readonly Expected[], found: readonly PlainSpan[]): boolean {
  const failures = found.filter(({ status }) => status.code === SpanStatusCode.ERROR).length;
  return (
    found.length === expected.length && failures === expected.filter(({ failed }) => failed).length
  );
}

/** Each span of the server is in a trace of the client's. */
function areJoined(lines: readonly string[], spans: readonly PlainSpan[]): boolean {
  const asked = new Set(spansOf(lines, 'client', spans).map(({ traceId }) => traceId));
  const answered = spansOf(lines, 'server', spans);
  return answered.length > 0 && answered.every(({ traceId }) => asked.has(traceId));
}
