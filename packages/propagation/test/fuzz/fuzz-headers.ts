import { diag, DiagLogLevel, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import {
  compositePropagator,
  extractHeaders,
  injectHeaders,
  jaegerPropagator,
  w3cPropagator,
} from '@llm-otel/propagation';
import { randomHeader, type RandomHeaders } from './random-headers.ts';
import { seededRandom } from './random.ts';

/** What a run found. */
export interface FuzzReport {
  readonly count: number;
  /** What was thrown or logged, or came out wrong; each with its header. */
  readonly failures: readonly string[];
  /** How many headers carried a context. */
  readonly accepted: number;
  readonly slowest: {
    readonly millis: number;
    readonly name: string;
    readonly length: number;
    readonly start: string;
  };
}

const PROPAGATOR = compositePropagator([w3cPropagator({ baggageKeys: 'all' }), jaegerPropagator()]);
const KEPT = 32;

/** Reads `count` random headers and writes on what was read. The same seed gives the same headers. */
export function fuzzHeaders(count: number, seed: number): FuzzReport {
  const random = seededRandom(seed);
  const failures: string[] = [];
  let current: RandomHeaders | undefined;
  const fail = (what: string): void => {
    if (failures.length < 20) failures.push(`${what}: ${JSON.stringify(current)}`);
  };
  // The propagators keep exceptions to themselves and log the first: here that is the failure.
  const ignore = (): void => undefined;
  diag.setLogger(
    { error: fail, warn: fail, info: ignore, debug: ignore, verbose: ignore },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  const slow: { nanos: number; header: RandomHeaders }[] = [];
  let bar = 0;
  let accepted = 0;
  try {
    for (let at = 0; at < count; at++) {
      const header = (current = randomHeader(random));
      const started = process.hrtime.bigint();
      try {
        if (passOn(header, fail)) accepted++;
      } catch (error) {
        fail(String(error));
      }
      const nanos = Number(process.hrtime.bigint() - started);
      if (nanos > bar) {
        slow.push({ nanos, header });
        if (slow.length > KEPT * 4) bar = keepSlowest(slow);
      }
    }
    return { count, failures, accepted, slowest: slowestOf(slow) };
  } finally {
    diag.disable();
  }
}

/** True where the header carried a context. What goes out must be valid, and must come in again the same. */
function passOn({ name, value }: RandomHeaders, fail: (what: string) => void): boolean {
  // A tracestate counts only beside a traceparent.
  const carrier =
    name === 'tracestate' ? { traceparent: VALID_PARENT, [name]: value } : { [name]: value };
  const context = extractHeaders(carrier, ROOT_CONTEXT, PROPAGATOR);
  if (context === ROOT_CONTEXT) return false;
  const out: Record<string, string> = {};
  injectHeaders(out, context, PROPAGATOR);
  for (const header in out) {
    const limit = LIMITS[header] ?? 0;
    const text = out[header] as string;
    if (text.length > limit || !/^[\t -~]*$/.test(text)) fail(`${header} goes out as ${text}`);
  }
  const again: Record<string, string> = {};
  injectHeaders(again, extractHeaders(out, ROOT_CONTEXT, PROPAGATOR), PROPAGATOR);
  for (const header in out) {
    if (again[header] !== out[header]) fail(`${header} goes out again as ${again[header]}`);
  }
  const id = trace.getSpanContext(context)?.traceId;
  if (id !== undefined && !/^[0-9a-f]{32}$/.test(id)) fail(`the trace id is ${id}`);
  return true;
}

const VALID_PARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const LIMITS: Readonly<Record<string, number>> = {
  traceparent: 55,
  tracestate: 512,
  baggage: 8192,
  'uber-trace-id': 54,
};

/** Keeps the slowest and returns the time that a header must exceed to come among them. */
function keepSlowest(slow: { nanos: number }[]): number {
  slow.sort((a, b) => b.nanos - a.nanos);
  slow.length = KEPT;
  return (slow[KEPT - 1] as { nanos: number }).nanos;
}

/** The slowest of the slow ones, measured again: once each was slow for a collection of garbage, most likely. */
function slowestOf(slow: readonly { header: RandomHeaders }[]): FuzzReport['slowest'] {
  let slowest: FuzzReport['slowest'] = { millis: 0, name: '', length: 0, start: '' };
  for (const { header } of slow) {
    let millis = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 5; round++) {
      const started = performance.now();
      passOn(header, () => undefined);
      millis = Math.min(millis, performance.now() - started);
    }
    if (millis <= slowest.millis) continue;
    const text = [header.value].flat().join('\n');
    slowest = { millis, name: header.name, length: text.length, start: text.slice(0, 60) };
  }
  return slowest;
}
