import {
  type Context,
  defaultTextMapGetter as getter,
  defaultTextMapSetter as setter,
  ROOT_CONTEXT,
  type TextMapPropagator,
  trace,
} from '@opentelemetry/api';
import { parseTraceParent, W3CTraceContextPropagator } from '@opentelemetry/core';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { compare } from '@llm-otel/tooling/bench';
import { parseTraceparent, w3cTraceContextPropagator } from '@llm-otel/propagation';
import { INPUTS, inTurn, requestHeaders, traceparents } from './inputs.ts';

const stock = new W3CTraceContextPropagator();
const ours = w3cTraceContextPropagator();
const carriers = traceparents.map((traceparent) => ({ ...requestHeaders, traceparent }));

compare({
  id: 'P1',
  title: 'parse a valid traceparent',
  baseline: {
    name: 'stock parseTraceParent',
    run: inTurn((at) => parseTraceParent(traceparents[at] as string)),
  },
  ours: {
    name: 'parseTraceparent',
    run: inTurn((at) => parseTraceparent(traceparents[at] as string)),
  },
  bytes: true,
  floor: { timesFaster: 2.4 },
  stretch: { timesFaster: 3.2 },
});

compare({
  id: 'P2',
  title: 'extract from a plain object, no tracestate',
  baseline: {
    name: 'stock extract',
    run: inTurn((at) => stock.extract(ROOT_CONTEXT, carriers[at], getter)),
  },
  ours: {
    name: 'w3cTraceContextPropagator',
    run: inTurn((at) => ours.extract(ROOT_CONTEXT, carriers[at], getter)),
  },
  bytes: true,
  floor: { timesFaster: 2.2 },
  stretch: { timesFaster: 2.5 },
});

/** Injects and reads a character of the header, which makes the engine put the string together. */
function injectAndRead(propagator: TextMapPropagator, contexts: readonly Context[]): () => unknown {
  return inTurn((at) => {
    const carrier: { traceparent?: string } = {};
    propagator.inject(contexts[at] as Context, carrier, setter);
    return carrier.traceparent?.charCodeAt(20);
  });
}

// As a gateway or a relay does it: each library passes on what it extracted itself.
compare({
  id: 'P3',
  title: 'inject into a plain object and read it, a context that came in',
  baseline: {
    name: 'stock inject',
    run: injectAndRead(
      stock,
      carriers.map((carrier) => stock.extract(ROOT_CONTEXT, carrier, getter)),
    ),
  },
  ours: {
    name: 'w3cTraceContextPropagator',
    run: injectAndRead(
      ours,
      carriers.map((carrier) => ours.extract(ROOT_CONTEXT, carrier, getter)),
    ),
  },
  bytes: true,
  floor: { timesFaster: 2.5 },
  stretch: { timesFaster: 3.5 },
});

// As a client does it. The engine's own work (joining and flattening the header) is a good part of this one.
const tracer = new TracerProvider().getTracer('bench');
const local = Array.from({ length: INPUTS }, () =>
  trace.setSpan(ROOT_CONTEXT, tracer.startSpan('call')),
);
compare({
  id: 'P3 span',
  title: 'inject into a plain object and read it, a span of the SDK',
  baseline: { name: 'stock inject', run: injectAndRead(stock, local) },
  ours: { name: 'w3cTraceContextPropagator', run: injectAndRead(ours, local) },
  bytes: true,
  floor: { timesFaster: 1.3 },
  stretch: { timesFaster: 2.5 },
});
