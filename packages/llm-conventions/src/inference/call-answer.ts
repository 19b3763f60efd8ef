import {
  ATTR_GEN_AI_RESPONSE_FINISH_REASONS,
  ATTR_GEN_AI_RESPONSE_ID,
  ATTR_GEN_AI_RESPONSE_MODEL,
  ATTR_OPENAI_RESPONSE_SERVICE_TIER,
} from '../generated/attributes.ts';
import { isOpenAi } from '../is-open-ai.ts';
import { readString } from '../read-member.ts';
import { type AttributeTarget, setIfKnown } from '../set-if-known.ts';
import type { InferenceAttributes } from '../typed-attributes.ts';
import type { InferenceRequest, InferenceResponse } from './inference-types.ts';

/** What is known of the answer of a call, content and usage aside. */
export class CallAnswer {
  model: string | undefined;
  /** The tier it was served in, as the provider names it. */
  tier: string | undefined;
  hasFinishReasons = false;
  /** Whether there is one. */
  isThere = false;
  readonly #target: AttributeTarget;
  readonly #provider: string;

  constructor({ provider, attributes }: InferenceRequest, target: AttributeTarget) {
    this.#target = target;
    this.#provider = provider;
    this.noteTier(attributes);
  }

  record(response: InferenceResponse): void {
    // Answers come as JSON, which has null where there is nothing.
    const model = response.model ?? undefined;
    const finishReasons = response.finishReasons ?? undefined;
    setIfKnown(this.#target, ATTR_GEN_AI_RESPONSE_ID, response.id);
    if (model !== undefined) {
      this.model = model;
      this.#target.setAttribute(ATTR_GEN_AI_RESPONSE_MODEL, model);
    }
    if (finishReasons !== undefined && finishReasons.length > 0) {
      this.hasFinishReasons = true;
      this.#target.setAttribute(ATTR_GEN_AI_RESPONSE_FINISH_REASONS, [...finishReasons]);
    }
    const tier = readString(response, 'serviceTier');
    if (tier === undefined) return;
    this.tier = tier;
    if (isOpenAi(this.#provider))
      this.#target.setAttribute(ATTR_OPENAI_RESPONSE_SERVICE_TIER, tier);
  }

  /** The tier also stands in attributes that the application gives. */
  noteTier(attributes: InferenceAttributes | undefined): void {
    this.tier = readString(attributes, ATTR_OPENAI_RESPONSE_SERVICE_TIER) ?? this.tier;
  }
}
