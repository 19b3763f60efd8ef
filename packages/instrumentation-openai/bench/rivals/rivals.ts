import { join } from 'node:path';
import {
  instrumentation,
  openlit,
  type Rival,
  RivalFolder,
  wrapper,
} from '@llm-otel/tooling/rivals';
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
  openlit('openai'),
  wrapper('@langfuse/openai', '5.11.1', 'observeOpenAI'),
  { ...wrapper('@sentry/node', '11.12.0', 'instrumentOpenAiClient'), noSpans: true },
];

export const folder: RivalFolder = new RivalFolder(join(import.meta.dirname, '../..'));
