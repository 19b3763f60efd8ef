import type { TelemetryEnvironment } from '@llm-otel/core/setup';
import { type Dialect, DIALECTS } from '@llm-otel/llm-conventions';
import type { TelemetryOptions } from './telemetry-options.ts';

/** Words of `OTEL_SEMCONV_STABILITY_OPT_IN`, as the conventions define them. */
const OPT_INS: ReadonlyMap<string, readonly Dialect[]> = new Map<string, readonly Dialect[]>([
  ['gen_ai_latest_experimental', ['current']],
  ['gen_ai_latest_experimental/dup', ['current', 'genai-1.36']],
  ...DIALECTS.map((dialect) => [dialect, [dialect]] as const),
]);

/** The vocabularies spans are sent in. Words for other libraries stand in the variable too. */
export function chooseDialects(
  { dialects }: Pick<TelemetryOptions, 'dialects'>,
  { semconvStabilityOptIn = [] }: Pick<TelemetryEnvironment, 'semconvStabilityOptIn'>,
): readonly Dialect[] {
  if (dialects !== undefined) return dialects;
  const chosen = new Set(semconvStabilityOptIn.flatMap((word) => OPT_INS.get(word) ?? []));
  return chosen.size === 0 ? ['current'] : [...chosen];
}
