import { join } from 'node:path';
import {
  instrumentation,
  openlit,
  type Rival,
  RivalFolder,
  wrapper,
} from '@llm-otel/tooling/rivals';
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
  openlit('anthropic'),
  { ...wrapper('@sentry/node', '11.12.0', 'instrumentAnthropicAiClient'), noSpans: true },
];

export const folder: RivalFolder = new RivalFolder(join(import.meta.dirname, '../..'));
