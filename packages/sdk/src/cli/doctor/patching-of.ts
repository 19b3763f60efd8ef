import { clientOf, PATCHES_ON_LOAD } from './known-packages.ts';

const OURS = /^@llm-otel\/instrumentation-(?:openai|anthropic|bedrock|google-genai|langchain|mcp)$/;
const ZERO_CODE = '@llm-otel/sdk/register';
/** It brings every instrumentation of OpenTelemetry. */
export const COLLECTION = '@opentelemetry/auto-instrumentations-node';

/** Whether a package may be there to patch clients while they are loaded. Ours may be there to wrap them. */
export function mayPatch(name: string): boolean {
  return PATCHES_ON_LOAD.test(name) || OURS.test(name);
}

/**
 * The package that patches a client of the application while it is loaded, if one does.
 * @param installed packages, those before others that the application names
 * @param loaded everything that the application loads
 */
export function patchingOf(
  specifier: string,
  installed: ReadonlySet<string>,
  loaded: ReadonlySet<string>,
): string | undefined {
  const client = clientOf(specifier);
  if (client === undefined) return undefined;
  const { observers } = client;
  return [...installed].find((name) => {
    // The other entries of ours wrap a client, at any time.
    if (OURS.test(name))
      return (
        observers.includes(name) && (loaded.has(`${name}/instrumentation`) || loaded.has(ZERO_CODE))
      );
    if (!PATCHES_ON_LOAD.test(name)) return false;
    if (name === COLLECTION) return observers.some((other) => other.startsWith('@opentelemetry/'));
    return observers.includes(name);
  });
}
