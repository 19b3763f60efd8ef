import type { MetricDefinition } from './model-types.ts';
import {
  genAiMetricDefinitions,
  METRIC_GEN_AI_CLIENT_INFERENCE_OPERATION_INPUT_TOKENS,
} from './generated/metrics.ts';

// Libraries record it still; its boundaries were those that the two which stand in its place have.
const FORMER_TOKENS = 'gen_ai.client.token.usage';
const TOKENS = METRIC_GEN_AI_CLIENT_INFERENCE_OPERATION_INPUT_TOKENS;

const definitions: ReadonlyMap<string, MetricDefinition> = new Map(
  Object.entries(genAiMetricDefinitions),
);

/**
 * The bucket boundaries that the conventions advise for a histogram of this name, whoever makes it. Undefined for one
 * that they do not know, and where its unit is another: boundaries in seconds say nothing about milliseconds.
 */
export function advisedBuckets(name: string, unit?: string): readonly number[] | undefined {
  const definition = definitions.get(name === FORMER_TOKENS ? TOKENS : name);
  if (definition === undefined) return undefined;
  const isSameUnit = unit === undefined || unit === '' || bare(unit) === bare(definition.unit);
  return isSameUnit ? definition.buckets : undefined;
}

/** Instruments before UCUM wrote `token` for what is `{token}` now. */
function bare(unit: string): string {
  return unit.replaceAll(/[{}]/g, '');
}
