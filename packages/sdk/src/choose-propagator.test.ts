import type { PropagatorName } from '@llm-otel/core/setup';
import { defaultTextMapSetter, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { expect, test } from 'vitest';
import { choosePropagator } from './choose-propagator.ts';

test('b3 writes one header, b3multi several', async () => {
  const spanContext = { traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 1 };
  const writtenBy = async (name: PropagatorName): Promise<string[]> => {
    const propagator = await choosePropagator({}, { propagators: [name] });
    const headers = {};
    propagator?.inject(
      trace.setSpanContext(ROOT_CONTEXT, spanContext),
      headers,
      defaultTextMapSetter,
    );
    return Object.keys(headers);
  };

  expect(await writtenBy('b3')).toEqual(['b3']);
  expect(await writtenBy('b3multi')).toEqual(['x-b3-traceid', 'x-b3-spanid', 'x-b3-sampled']);
});
