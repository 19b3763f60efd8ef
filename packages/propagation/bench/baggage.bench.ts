import {
  type Baggage,
  type Context,
  defaultTextMapGetter as getter,
  defaultTextMapSetter as setter,
  propagation,
  ROOT_CONTEXT,
} from '@opentelemetry/api';
import { W3CBaggagePropagator } from '@opentelemetry/core';
import { compare } from '@llm-otel/tooling/bench';
import { w3cBaggagePropagator } from '@llm-otel/propagation';
import { formatBaggage } from '../src/baggage/format-baggage.ts';
import { fromTheWire, INPUTS, inTurn, requestHeaders } from './inputs.ts';

const stock = new W3CBaggagePropagator();
const ours = w3cBaggagePropagator({ baggageKeys: 'all' });

for (const entries of [3, 20]) {
  const carriers = Array.from({ length: INPUTS }, (_, at) => ({
    ...requestHeaders,
    baggage: fromTheWire(
      Array.from({ length: entries }, (_, n) => `app.key${n}=value-${at}-${n}%20x`).join(','),
    ),
  }));
  // The API's own baggage, the same for both: nothing of the header is remembered.
  const contexts = carriers.map((carrier) => {
    const extracted = propagation.getBaggage(stock.extract(ROOT_CONTEXT, carrier, getter));
    const values = Object.fromEntries(extracted?.getAllEntries() ?? []);
    return propagation.setBaggage(ROOT_CONTEXT, propagation.createBaggage(values));
  });

  compare({
    id: 'P4',
    title: `baggage extract, ${entries} entries`,
    baseline: {
      name: 'stock extract',
      run: inTurn((at) => stock.extract(ROOT_CONTEXT, carriers[at], getter)),
    },
    ours: {
      name: 'w3cBaggagePropagator',
      run: inTurn((at) => ours.extract(ROOT_CONTEXT, carriers[at], getter)),
    },
    bytes: true,
    floor: { timesFaster: 3 },
    stretch: { timesFaster: 5 },
  });

  const injectWith = (propagator: typeof ours) => (at: number) => {
    const carrier: { baggage?: string } = {};
    propagator.inject(contexts[at] as Context, carrier, setter);
    return carrier.baggage?.charCodeAt(5);
  };
  // All calls of a request after its first one carry the same baggage.
  compare({
    id: 'P4',
    title: `baggage inject, ${entries} entries, of a request that called out before`,
    baseline: { name: 'stock inject', run: inTurn(injectWith(stock)) },
    ours: { name: 'w3cBaggagePropagator', run: inTurn(injectWith(ours)) },
    bytes: true,
    floor: { timesFaster: 3 },
    stretch: { timesFaster: 5 },
  });

  // The first one: nothing is remembered. Most of it is the engine's work on strings, on both sides.
  const baggages = contexts.map((context) => propagation.getBaggage(context) as Baggage);
  compare({
    id: 'P4 first',
    title: `baggage inject, ${entries} entries, for the first time`,
    baseline: { name: 'stock inject', run: inTurn(injectWith(stock)) },
    ours: {
      name: 'formatBaggage',
      run: inTurn((at) => formatBaggage(baggages[at] as Baggage).charCodeAt(5)),
    },
    bytes: true,
    floor: { timesTheTime: 1.3 },
    stretch: { timesFaster: 1.5 },
  });
}
