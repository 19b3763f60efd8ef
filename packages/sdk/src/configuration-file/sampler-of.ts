import type { Sampler } from '@llm-otel/core';
import { alwaysOff, alwaysOn, consistentSampler, parentBasedSampler } from '@llm-otel/sampling';
import { isSpanContextValid, trace } from '@opentelemetry/api';
import type { CompositeModel, ParentBasedModel, SamplerModel } from './configuration-model.ts';

const SAMPLED_FLAG = 1;

/** The sampler of the file. A share is taken by consistent probability sampling, whichever name it has there. */
export function samplerOf(model: SamplerModel | CompositeModel): Sampler {
  switch (model.kind) {
    case 'always_on':
      return alwaysOn;
    case 'always_off':
      return alwaysOff;
    case 'trace_id_ratio_based':
    case 'probability':
    case 'probability/development':
      return consistentSampler({ ratio: model.value.ratio ?? 1 });
    case 'composite/development':
      return samplerOf(model.value);
    default:
      return parentBasedOf(model.value);
  }
}

function parentBasedOf(model: ParentBasedModel<SamplerModel | CompositeModel>): Sampler {
  const usual = parentBasedSampler(model.root === undefined ? alwaysOn : samplerOf(model.root));
  const others = {
    remoteSampled: model.remote_parent_sampled && samplerOf(model.remote_parent_sampled),
    remoteNot: model.remote_parent_not_sampled && samplerOf(model.remote_parent_not_sampled),
    localSampled: model.local_parent_sampled && samplerOf(model.local_parent_sampled),
    localNot: model.local_parent_not_sampled && samplerOf(model.local_parent_not_sampled),
  };
  if (Object.values(others).every((other) => other === undefined)) return usual;
  return {
    shouldSample(context, ...rest) {
      const parent = trace.getSpanContext(context);
      if (parent === undefined || !isSpanContextValid(parent))
        return usual.shouldSample(context, ...rest);
      const isSampled = (parent.traceFlags & SAMPLED_FLAG) !== 0;
      const own =
        parent.isRemote === true
          ? isSampled
            ? others.remoteSampled
            : others.remoteNot
          : isSampled
            ? others.localSampled
            : others.localNot;
      return (own ?? usual).shouldSample(context, ...rest);
    },
    toString: () => usual.toString(),
  };
}
