import type { SamplingPolicy } from '@llm-otel/sampling/policy';

/** Errors and tickets are kept, and a tenth of the routine work. */
export const DESK_POLICY: SamplingPolicy = {
  version: 1,
  rules: [
    { name: 'errors', when: { error: true }, keep: 'all' },
    { name: 'tickets', when: { name: 'invoke_workflow *' }, keep: 'all' },
    { name: 'routine', keep: { ratio: 0.1 } },
  ],
};
