import { trace } from '@opentelemetry/api';
import { withSpan } from '@llm-otel/core';
import { compare } from '@llm-otel/tooling/bench';

// No provider is registered: what a library pays in an application that does not use telemetry.
const tracer = trace.getTracer('bench');
const options = {};
const work = (): number => 42;

compare({
  id: 'C1',
  title: 'helper call with telemetry disabled',
  baseline: { name: 'empty function', run: () => work() },
  ours: { name: 'withSpan', run: () => withSpan(tracer, 'chat', options, work) },
  floor: { maxNanos: 20, maxBytes: 0 },
});
