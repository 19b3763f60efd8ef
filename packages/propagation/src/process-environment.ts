import {
  context as contextApi,
  type Context,
  ROOT_CONTEXT,
  type TextMapGetter,
  type TextMapPropagator,
  type TextMapSetter,
} from '@opentelemetry/api';
import { currentPropagator } from './current-propagator.ts';
import { injectAlone, type RemoveField } from './inject-alone.ts';

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

const remove: RemoveField<Record<string, string | undefined>> = (variables, name) => {
  delete variables[variableName(name)];
};

/**
 * A copy of `variables` for a child process, with `TRACEPARENT`, `TRACESTATE` and `BAGGAGE` of `context`, and of none
 * that this process was started with, unless `context` has nothing to write: then the child gets what is there. Every
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
  injectAlone(propagator, context, copy, setter, remove);
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
