import type { TextMapPropagator } from '@opentelemetry/api';
import { FailureLog } from '@llm-otel/core';

const INJECT = 'injecting the context';
const EXTRACT = 'extracting the context';

/**
 * `propagator` with its failures kept away from the application: a frozen carrier, a getter that throws. What could
 * not be written is left out; what could not be read leaves the context as it was. The first failure is logged.
 */
export function neverThrowing(propagator: TextMapPropagator): TextMapPropagator {
  const failures = new FailureLog();
  return {
    inject(context, carrier, setter) {
      try {
        propagator.inject(context, carrier, setter);
      } catch (error) {
        failures.report(INJECT, error);
      }
    },
    extract(context, carrier, getter) {
      try {
        return propagator.extract(context, carrier, getter);
      } catch (error) {
        failures.report(EXTRACT, error);
        return context;
      }
    },
    fields: () => propagator.fields(),
  };
}
