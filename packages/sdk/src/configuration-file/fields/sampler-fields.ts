import type {
  CompositeChoices,
  CompositeModel,
  ParentBasedModel,
  RatioModel,
  SamplerChoices,
  SamplerModel,
} from '../configuration-model.ts';
import { choice, type Field, number, object } from '../field.ts';

const POLICY = 'write a policy under instrumentation/development.js.llm_otel.sampling';
const ratio: Field<RatioModel> = object<RatioModel>({
  ratio: number(undefined, 0, { max: 1, isWhole: false }),
});

/** Samplers stand in samplers: read when it is their turn. */
function later<T>(type: string, make: () => Field<T>): Field<T> {
  return { type, read: (node) => make().read(node) };
}

function parentBased<S>(delegate: Field<S>): Field<ParentBasedModel<S>> {
  const fields = {
    root: delegate,
    remote_parent_sampled: delegate,
    remote_parent_not_sampled: delegate,
    local_parent_sampled: delegate,
    local_parent_not_sampled: delegate,
  } as unknown as Parameters<typeof object<ParentBasedModel<S>>>[0];
  return object<ParentBasedModel<S>>(fields);
}

const composite: Field<CompositeModel> = choice<CompositeChoices>(
  {
    always_on: object({}),
    always_off: object({}),
    probability: ratio,
    parent_based: parentBased(later('a sampler of composite/development', () => composite)),
  },
  { parent_threshold: POLICY, rule_based: POLICY },
);

export const sampler: Field<SamplerModel> = choice<SamplerChoices>(
  {
    always_on: object({}),
    always_off: object({}),
    trace_id_ratio_based: ratio,
    'probability/development': ratio,
    parent_based: parentBased(later('a sampler', () => sampler)),
    'composite/development': composite,
  },
  { 'jaeger_remote/development': 'OTEL_SAMPLING_POLICY names policies that are polled' },
);
