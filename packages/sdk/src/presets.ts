import { telemetryDefaults } from '@llm-otel/core/setup';
import {
  developmentPolicy,
  productionPolicy,
  type SamplingPolicy,
} from '@llm-otel/sampling/policy';
import type { PresetName } from './telemetry-options.ts';

/** Defaults that depend on where the application runs. Options and environment variables win over each of them. */
export interface Preset {
  readonly name: PresetName;
  readonly sampling: SamplingPolicy;
  /** Longest time a span waits for its batch to fill. */
  readonly batchDelayMillis: number;
  /** Whether spans and metrics go to a receiver that nobody has named. */
  readonly exportsByDefault: boolean;
  /** How long a shutdown that is not told waits for such a receiver. @defaultValue as for every other */
  readonly unnamedReceiverMillis?: number;
}

const presets: Readonly<Record<PresetName, Preset>> = {
  // Everything is kept, and is in the viewer by the time one looks.
  development: {
    name: 'development',
    sampling: developmentPolicy,
    batchDelayMillis: 500,
    exportsByDefault: true,
    // Often there is none, and a script that is done should not hang for it.
    unnamedReceiverMillis: 2000,
  },
  production: {
    name: 'production',
    sampling: productionPolicy,
    batchDelayMillis: telemetryDefaults.batchDelayMillis,
    exportsByDefault: true,
  },
  // A test run must not talk to a receiver that happens to run on the machine.
  test: {
    name: 'test',
    sampling: developmentPolicy,
    batchDelayMillis: 50,
    exportsByDefault: false,
  },
};

export function presetFor(
  name: PresetName | undefined,
  deploymentEnvironment: string | undefined,
): Preset {
  return presets[name ?? presetOf(deploymentEnvironment?.toLowerCase())];
}

/** Unknown names get everything: a newcomer should see each span, and only production is known to be busy. */
function presetOf(environment: string | undefined): PresetName {
  if (environment === 'production' || environment === 'prod') return 'production';
  return environment === 'test' ? 'test' : 'development';
}
