import {
  context as contextApi,
  type Context,
  ROOT_CONTEXT,
  type TextMapGetter,
  type TextMapPropagator,
  type TextMapSetter,
} from '@opentelemetry/api';
import { currentPropagator } from './current-propagator.ts';

/** Environment variables by name, as in `process.env`. */
export type EnvironmentVariables = Readonly<Record<string, string | undefined>>;

const getter: TextMapGetter<EnvironmentVariables> = {
  get: (variables, name) => variables[variableName(name)],
  keys: (variables) => Object.keys(variables),
};
const setter: TextMapSetter<Record<string, string | undefined>> = {
  set(variables, name, value) {
    variables[variableName(name)] = value;
  },
};

/**
 * A copy of `variables` for a child process, with `TRACEPARENT`, `TRACESTATE` and `BAGGAGE` of `context`. Every
 * process on the machine with the same user may read them, one more reason to list few baggage keys.
 * @param context - the active context where left out
 * @param propagator - as in `injectHeaders`
 */
export function injectEnvironment(
  variables: EnvironmentVariables,
  context: Context = contextApi.active(),
  propagator: TextMapPropagator = currentPropagator(),
): Record<string, string | undefined> {
  const copy = { ...variables };
  propagator.inject(context, copy, setter);
  return copy;
}

/** The context this process was started in, read from its environment: `extractEnvironment(process.env)`. */
export function extractEnvironment(
  variables: EnvironmentVariables,
  context: Context = ROOT_CONTEXT,
  propagator: TextMapPropagator = currentPropagator(),
): Context {
  return propagator.extract(context, variables, getter);
}

/** Upper case, other characters than letters and digits as `_`, and no digit in front. */
function variableName(name: string): string {
  const upper = name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_');
  return /^[A-Z_]/.test(upper) ? upper : `_${upper}`;
}
