import type { Attributes, Context } from '@opentelemetry/api';
import { ATTR_GEN_AI_TOKEN_MODALITY } from '../generated/attributes.ts';
import {
  METRIC_GEN_AI_CLIENT_INFERENCE_OPERATION_INPUT_TOKENS,
  METRIC_GEN_AI_CLIENT_INFERENCE_OPERATION_OUTPUT_TOKENS,
  METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_CACHE_READ_INPUT_TOKENS,
  METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_CACHE_WRITE_INPUT_TOKENS,
  METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_INPUT_TOKENS,
  METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_OUTPUT_TOKENS,
  METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_REASONING_OUTPUT_TOKENS,
  type MetricName,
} from '../generated/metrics.ts';
import {
  GEN_AI_TOKEN_MODALITY_VALUE_AUDIO,
  GEN_AI_TOKEN_MODALITY_VALUE_IMAGE,
  GEN_AI_TOKEN_MODALITY_VALUE_TEXT,
  GEN_AI_TOKEN_MODALITY_VALUE_UNKNOWN,
} from '../generated/values.ts';
import type { Instruments } from '../instruments.ts';
import { isSplit, type Usage } from '../usage/usage.ts';

/** A count the provider did not report is not recorded, not even as zero. */
export function recordTokens(
  instruments: Instruments,
  attributes: Attributes,
  usage: Usage,
  context: Context,
): void {
  const counters = new TokenCounters(instruments, attributes, context);
  const split = isSplit(usage);
  counters.add(
    METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_INPUT_TOKENS,
    usage.inputTokens,
    split && [usage.textInputTokens, usage.audioInputTokens, usage.imageInputTokens],
  );
  counters.add(
    METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_OUTPUT_TOKENS,
    usage.outputTokens,
    split && [usage.textOutputTokens, usage.audioOutputTokens, usage.imageOutputTokens],
  );
  counters.add(
    METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_CACHE_READ_INPUT_TOKENS,
    usage.cacheReadTokens,
    split && [usage.textCacheReadTokens, usage.audioCacheReadTokens, usage.imageCacheReadTokens],
  );
  counters.add(
    METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_CACHE_WRITE_INPUT_TOKENS,
    usage.cacheWriteTokens,
  );
  counters.add(METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_REASONING_OUTPUT_TOKENS, usage.reasoningTokens);
  if (usage.inputTokens !== undefined)
    instruments.record(
      METRIC_GEN_AI_CLIENT_INFERENCE_OPERATION_INPUT_TOKENS,
      usage.inputTokens,
      attributes,
      context,
    );
  if (usage.outputTokens !== undefined)
    instruments.record(
      METRIC_GEN_AI_CLIENT_INFERENCE_OPERATION_OUTPUT_TOKENS,
      usage.outputTokens,
      attributes,
      context,
    );
}

type Split = readonly (number | undefined)[] | false;

const MODALITIES = [
  GEN_AI_TOKEN_MODALITY_VALUE_TEXT,
  GEN_AI_TOKEN_MODALITY_VALUE_AUDIO,
  GEN_AI_TOKEN_MODALITY_VALUE_IMAGE,
] as const;

class TokenCounters {
  readonly #instruments: Instruments;
  readonly #unknown: Attributes;
  readonly #context: Context;

  constructor(instruments: Instruments, attributes: Attributes, context: Context) {
    this.#instruments = instruments;
    this.#unknown = {
      ...attributes,
      [ATTR_GEN_AI_TOKEN_MODALITY]: GEN_AI_TOKEN_MODALITY_VALUE_UNKNOWN,
    };
    this.#context = context;
  }

  /** The sum over all modalities is `total`: what has no modality, and a split that contradicts it, is unknown. */
  add(name: MetricName, total: number | undefined, split: Split = false): void {
    if (total === undefined) return;
    if (split === false) {
      this.#instruments.add(name, total, this.#unknown, this.#context);
      return;
    }
    let rest = total;
    for (const tokens of split) rest -= tokens ?? 0;
    if (rest < 0 || rest === total) {
      this.#instruments.add(name, total, this.#unknown, this.#context);
      return;
    }
    for (const [index, modality] of MODALITIES.entries()) {
      const tokens = split[index] ?? 0;
      if (tokens > 0)
        this.#instruments.add(
          name,
          tokens,
          { ...this.#unknown, [ATTR_GEN_AI_TOKEN_MODALITY]: modality },
          this.#context,
        );
    }
    if (rest > 0) this.#instruments.add(name, rest, this.#unknown, this.#context);
  }
}
