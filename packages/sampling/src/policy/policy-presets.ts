import type { SamplingPolicy } from './sampling-policy.ts';

/** Everything is kept. */
export const developmentPolicy: SamplingPolicy = {
  version: 1,
  rules: [{ name: 'everything', keep: 'all' }],
};

/**
 * `errors-and-10-percent`: every trace with an error, the slow ones (30 s and more), the costly ones (10 cents and
 * more), and a tenth of the others.
 */
export const productionPolicy: SamplingPolicy = {
  version: 1,
  rules: [
    { name: 'errors', when: { error: true }, keep: 'all' },
    { name: 'slow', when: { minDurationMillis: 30_000 }, keep: 'all' },
    { name: 'costly', when: { minCostMicroUsd: 100_000 }, keep: 'all' },
    { name: 'others', keep: { ratio: 0.1 } },
  ],
};

/** `errors-only`: traces with an error, and nothing else. */
export const errorsOnlyPolicy: SamplingPolicy = {
  version: 1,
  rules: [
    { name: 'errors', when: { error: true }, keep: 'all' },
    { name: 'others', keep: 'none' },
  ],
};

/** What `parseSamplingPolicy` takes in place of a policy. */
export type SamplingPresetName =
  | 'development'
  | 'production'
  | 'errors-and-10-percent'
  | 'errors-only';

/** The presets by the name that `parseSamplingPolicy` takes. */
export const policyPresets: Readonly<Record<string, SamplingPolicy>> = {
  development: developmentPolicy,
  'errors-and-10-percent': productionPolicy,
  'errors-only': errorsOnlyPolicy,
};

/** The preset of this name; `production` is another one for `errors-and-10-percent`. */
export function policyPreset(name: string): SamplingPolicy | undefined {
  if (name === 'production') return productionPolicy;
  return Object.hasOwn(policyPresets, name) ? policyPresets[name] : undefined;
}
