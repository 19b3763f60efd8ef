type ApiName = 'trace' | 'context' | 'propagation' | 'metrics' | 'logs' | 'diag';

/**
 * What is registered with the OpenTelemetry API in this process, by whichever copy of it. The API can be given
 * things and not asked for all of them; every 1.x copy keeps them here, which is how copies find each other.
 */
export function registered(name: ApiName): unknown {
  return registry()?.[name];
}

/** Puts back what {@link registered} gave. The API itself would wrap a logger once more, and whoever set it would not know it again. */
export function registerAgain(name: ApiName, former: unknown): void {
  const apis = registry();
  if (apis !== undefined) apis[name] = former;
}

/** The version of the copy of the API that registered first. Copies of another version cannot register anything. */
export function registeredApiVersion(): string | undefined {
  const version = registry()?.['version'];
  return typeof version === 'string' ? version : undefined;
}

function registry(): Record<string, unknown> | undefined {
  return Reflect.get(globalThis, Symbol.for('opentelemetry.js.api.1')) as
    | Record<string, unknown>
    | undefined;
}
