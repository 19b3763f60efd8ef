import {
  type Baggage,
  type Context,
  defaultTextMapGetter,
  defaultTextMapSetter,
  propagation,
  ROOT_CONTEXT,
  type TextMapPropagator,
} from '@opentelemetry/api';
import { w3cBaggagePropagator } from '@llm-otel/propagation';

export const ours: TextMapPropagator = w3cBaggagePropagator({ baggageKeys: 'all' });

export function contextWith(values: Record<string, string>): Context {
  const entries = Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, { value }]),
  );
  return propagation.setBaggage(ROOT_CONTEXT, propagation.createBaggage(entries));
}

export function headerOf(
  context: Context,
  propagator: TextMapPropagator = ours,
): string | undefined {
  const carrier: Record<string, string> = {};
  propagator.inject(context, carrier, defaultTextMapSetter);
  return carrier['baggage'];
}

export function baggageOf(
  baggage: unknown,
  propagator: TextMapPropagator = ours,
): Baggage | undefined {
  return propagation.getBaggage(
    propagator.extract(ROOT_CONTEXT, { baggage }, defaultTextMapGetter),
  );
}

export function valuesOf(
  header: unknown,
  propagator: TextMapPropagator = ours,
): Record<string, string> | undefined {
  const entries = baggageOf(header, propagator)?.getAllEntries();
  return entries && Object.fromEntries(entries.map(([key, { value }]) => [key, value]));
}
