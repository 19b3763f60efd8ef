import { join } from 'node:path';
import { instrumentation, type Rival, RivalFolder, wrapper } from '@llm-otel/tooling/rivals';
import type Anthropic from '@anthropic-ai/sdk';
import { AnthropicInstrumentation } from '../../src/instrumentation/index.ts';

/** Ours first. */
export const rivals: readonly Rival<Anthropic>[] = [
  {
    name: '@llm-otel/instrumentation-anthropic',
    start() {
      void new AnthropicInstrumentation();
      return (client) => client;
    },
  },
  { name: 'the client by itself', lines: ['1.14'], start: () => (client) => client },
  instrumentation('@traceloop/instrumentation-anthropic', '0.27.0', 'AnthropicInstrumentation'),
  instrumentation(
    '@arizeai/openinference-instrumentation-anthropic',
    '0.2.8',
    'AnthropicInstrumentation',
  ),
  {
    name: 'openlit',
    version: '1.15.0',
    start(load) {
      type Openlit = { readonly default: { init(options: object): void } };
      // The spans go to the tracer provider of this process, as those of all others.
      (load('openlit') as Openlit).default.init({
        disableMetrics: true,
        // Asks no server for prices.
        pricingJson: '{}',
        instrumentations: ['anthropic'],
      });
      return (client) => client;
    },
  },
  { ...wrapper('@sentry/node', '11.12.0', 'instrumentAnthropicAiClient'), noSpans: true },
];

export const folder: RivalFolder = new RivalFolder(join(import.meta.dirname, '../..'));
