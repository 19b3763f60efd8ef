import { type TextMapPropagator, trace } from '@opentelemetry/api';
import { InvalidOptionError, MissingPeerError } from '@llm-otel/core';
import { incomingTraceIds } from './incoming-trace-ids.ts';
import { knownOptions } from './known-options.ts';
import { neverThrowing } from './never-throwing.ts';

const PACKAGE = '@opentelemetry/propagator-b3';
// Both encodings are read, so both are stale where a message is sent on.
const FIELDS = [
  'b3',
  'x-b3-traceid',
  'x-b3-spanid',
  'x-b3-sampled',
  'x-b3-parentspanid',
  'x-b3-flags',
] as const;

/** How Zipkin's headers are written. Either is read. */
export interface B3Options {
  /**
   * `single`: one header, `b3`. `multi`: `x-b3-traceid`, `x-b3-spanid`, `x-b3-sampled`.
   * @defaultValue `single`, as `b3` in `OTEL_PROPAGATORS`; `multi` is `b3multi` there
   * @throws InvalidOptionError unless one of the two
   */
  readonly encoding?: 'single' | 'multi' | undefined;
}

/**
 * B3, the headers of Zipkin, by `@opentelemetry/propagator-b3`, which is loaded here and must be installed.
 * @throws MissingPeerError where it is not
 */
export async function loadB3Propagator(options: B3Options = {}): Promise<TextMapPropagator> {
  knownOptions('loadB3Propagator', options, { encoding: true });
  const { encoding = 'single' } = options;
  if (encoding !== 'single' && encoding !== 'multi') {
    throw new InvalidOptionError({
      option: 'b3.encoding',
      value: encoding,
      use: '"single" (the header b3) or "multi" (the headers x-b3-…)',
    });
  }
  const b3 = await import(/* turbopackOptional: true */ '@opentelemetry/propagator-b3').catch(
    (error: unknown) => {
      throw new MissingPeerError(PACKAGE, 'B3 propagation', { cause: error });
    },
  );
  const injectEncoding =
    encoding === 'single' ? b3.B3InjectEncoding.SINGLE_HEADER : b3.B3InjectEncoding.MULTI_HEADER;
  const upstream = new b3.B3Propagator({ injectEncoding });
  return neverThrowing({
    inject: (context, carrier, setter) => upstream.inject(context, carrier, setter),
    extract(context, carrier, getter) {
      const extracted = upstream.extract(context, carrier, getter);
      const found = trace.getSpanContext(extracted);
      // B3 does not say whether the id of a trace is random.
      if (found !== undefined && found !== trace.getSpanContext(context)) {
        incomingTraceIds.note(found.traceId, false);
      }
      return extracted;
    },
    fields: () => [...FIELDS],
  });
}
