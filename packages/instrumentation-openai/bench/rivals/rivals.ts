import { join } from 'node:path';
import { instrumentation, type Rival, RivalFolder, wrapper } from '@llm-otel/tooling/rivals';
import type OpenAI from 'openai';
import { OpenAiInstrumentation } from '../../src/instrumentation/index.ts';

/** Ours first. */
export const rivals: readonly Rival<OpenAI>[] = [
  {
    name: '@llm-otel/instrumentation-openai',
    start() {
      void new OpenAiInstrumentation();
      return (client) => client;
    },
  },
  instrumentation('@opentelemetry/instrumentation-openai', '0.22.0', 'OpenAIInstrumentation'),
  instrumentation('@traceloop/instrumentation-openai', '0.27.0', 'OpenAIInstrumentation'),
  instrumentation(
    '@arizeai/openinference-instrumentation-openai',
    '4.2.7',
    'OpenAIInstrumentation',
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
        instrumentations: ['openai'],
      });
      return (client) => client;
    },
  },
  wrapper('@langfuse/openai', '5.11.1', 'observeOpenAI'),
  { ...wrapper('@sentry/node', '11.12.0', 'instrumentOpenAiClient'), noSpans: true },
];

export const folder: RivalFolder = new RivalFolder(join(import.meta.dirname, '../..'));
