/** Observes the client of the next `require`, or a client that is handed over. */
export type Observe<C> = (client: C) => C;

/** Requires a package of those that are installed for the comparison. */
export type Load = (name: string) => unknown;

/** A package of npm that observes the same client; ours is one as well. */
export interface RivalPackage {
  readonly name: string;
  /** Undefined for ours, and for what the library itself brings. */
  readonly version?: string;
  /** Packages that its README installs with it: exact versions by name. */
  readonly beside?: Readonly<Record<string, string>>;
  /** Its spans do not go to the tracer provider of the process, or it makes none: they are not judged. */
  readonly noSpans?: boolean;
  /** The releases of the client that it is for. @defaultValue all */
  readonly lines?: readonly string[];
}

/** Switched on as its README says. */
export interface Rival<C> extends RivalPackage {
  /** Gets the spans before the recorder does, and may change them. */
  readonly processor?: (load: Load) => object;
  /** Runs before the client is loaded; `line` is the name of its release. */
  readonly start: (load: Load, line: string) => Observe<C> | Promise<Observe<C>>;
}

/** Of the comparisons of all clients. */
export const OPENLIT_VERSION = '1.15.0';

/** What `registerInstrumentations` does with one. */
interface Instrumentation {
  setTracerProvider(provider: unknown): void;
  setMeterProvider(provider: unknown): void;
}

interface Api {
  readonly trace: { getTracerProvider(): unknown };
  readonly metrics: { getMeterProvider(): unknown };
}

/** Makes the standard class `name` of a package, which patches the library when that is required. */
export function makeInstrumentation(load: Load, packageName: string, name: string): object {
  const { trace, metrics } = load('@opentelemetry/api') as Api;
  const Class = (load(packageName) as Record<string, new () => Instrumentation>)[name]!;
  const made = new Class();
  made.setTracerProvider(trace.getTracerProvider());
  made.setMeterProvider(metrics.getMeterProvider());
  return made;
}

/** A rival that is such a class and needs nothing else. */
export function instrumentation<C>(packageName: string, version: string, name: string): Rival<C> {
  return {
    name: packageName,
    version,
    start(load) {
      makeInstrumentation(load, packageName, name);
      return (client) => client;
    },
  };
}

/** A rival that is a function, which wraps a client. */
export function wrapper<C>(packageName: string, version: string, name: string): Rival<C> {
  return {
    name: packageName,
    version,
    start: (load) => (load(packageName) as Record<string, Observe<C>>)[name]!,
  };
}

/** Switches openlit on. Its spans go to the tracer provider of the process, as those of all others. */
export function startOpenlit(load: Load, instrumentations: object): void {
  type Openlit = { readonly default: { init(options: object): void } };
  (load('openlit') as Openlit).default.init({
    disableMetrics: true,
    // Asks no server for prices.
    pricingJson: '{}',
    instrumentations,
  });
}

/** What `openlit` patches when it is required, by its own names. */
export function openlit<C>(...instrumentations: readonly string[]): Rival<C> {
  return {
    name: 'openlit',
    version: OPENLIT_VERSION,
    start(load) {
      startOpenlit(load, instrumentations);
      return (client) => client;
    },
  };
}
