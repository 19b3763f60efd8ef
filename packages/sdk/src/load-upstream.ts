import { pathToFileURL } from 'node:url';
import { diag } from '@opentelemetry/api';
import { doesNotStart } from './does-not-start.ts';
import { hookImports } from './hook-imports.ts';
import { resolveInApplication } from './resolve-from.ts';

type InstrumentationClass = new () => unknown;

/**
 * Switches on the instrumentations of OpenTelemetry that `list` names as upstream does, in the words of
 * `OTEL_NODE_ENABLED_INSTRUMENTATIONS`: `http,undici` for `@opentelemetry/instrumentation-http` and
 * `@opentelemetry/instrumentation-undici`, found as the application would find them. One that is not installed or does
 * not start is told, and the others are switched on. So is one for a client that `observed`, our packages, observe already: two
 * would count each of its calls twice.
 * @returns the packages that observe now
 */
export async function loadUpstream(
  list: string | undefined,
  observed: readonly string[] = [],
): Promise<readonly string[]> {
  const names = new Set((list ?? '').split(',').map((name) => name.trim()));
  const observing: string[] = [];
  for (const name of names) {
    if (name === '') continue;
    // A name and not a path: what is loaded is a package of upstream.
    const entry = `@opentelemetry/instrumentation-${name}`;
    const ours = `@llm-otel/instrumentation-${name}`;
    if (observed.some((each) => each === ours || each.startsWith(`${ours}/`))) {
      diag.warn(
        `llm-otel: OTEL_NODE_ENABLED_INSTRUMENTATIONS names ${name}, which ${ours} observes already: ${entry} stays off, or each call would count twice`,
      );
      continue;
    }
    const file = /^[a-z\d-]+$/.test(name) ? resolveInApplication(entry) : undefined;
    if (file === undefined) {
      diag.warn(
        `llm-otel: OTEL_NODE_ENABLED_INSTRUMENTATIONS names ${name}, and ${entry} is not installed: add it to the application`,
      );
      continue;
    }
    try {
      await hookImports(file);
      const made = classesIn(await import(pathToFileURL(file).href));
      if (made.length === 0) throw new TypeError('it has no instrumentation');
      made.forEach(start);
      observing.push(entry);
    } catch (error) {
      diag.warn(doesNotStart(entry, error));
    }
  }
  return observing;
}

/** It observes from its making on. */
function start(Instrumentation: InstrumentationClass): unknown {
  return new Instrumentation();
}

/** What each package of upstream exports: one class, named after what it observes. */
function classesIn(exported: object): InstrumentationClass[] {
  return Object.entries(exported)
    .filter(([name, value]) => name.endsWith('Instrumentation') && typeof value === 'function')
    .map(([, value]) => value as InstrumentationClass);
}
