import { join } from 'node:path';
import { instrumentation, openlit, type Rival, RivalFolder } from '@llm-otel/tooling/rivals';
import type { BedrockRuntime } from '@aws-sdk/client-bedrock-runtime';
import { BedrockInstrumentation } from '../../src/instrumentation/index.ts';

/** Ours first. */
export const rivals: readonly Rival<BedrockRuntime>[] = [
  {
    name: '@llm-otel/instrumentation-bedrock',
    start() {
      void new BedrockInstrumentation();
      return (client) => client;
    },
  },
  instrumentation('@opentelemetry/instrumentation-aws-sdk', '0.79.0', 'AwsInstrumentation'),
  instrumentation('@traceloop/instrumentation-bedrock', '0.27.0', 'BedrockInstrumentation'),
  {
    ...instrumentation(
      '@arizeai/openinference-instrumentation-bedrock',
      '0.5.1',
      'BedrockInstrumentation',
    ),
    // It knows commands by the classes of the client beside it: that of the newest release, here.
    lines: ['3.1164, HTTP/2'],
  },
  openlit('bedrock'),
];

export const folder: RivalFolder = new RivalFolder(join(import.meta.dirname, '../..'));
