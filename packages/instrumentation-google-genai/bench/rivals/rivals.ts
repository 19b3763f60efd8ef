import { join } from 'node:path';
import { instrumentation, type Rival, RivalFolder, wrapper } from '@llm-otel/tooling/rivals';
import type { GoogleGenAI } from '@google/genai';
import { GoogleGenAiInstrumentation } from '../../src/instrumentation/index.ts';

/** Ours first. */
export const rivals: readonly Rival<GoogleGenAI>[] = [
  {
    name: '@llm-otel/instrumentation-google-genai',
    start() {
      void new GoogleGenAiInstrumentation();
      return (client) => client;
    },
  },
  instrumentation(
    '@traceloop/instrumentation-google-generativeai',
    '0.27.0',
    'GenAIInstrumentation',
  ),
  { ...wrapper('@sentry/node', '11.12.0', 'instrumentGoogleGenAIClient'), noSpans: true },
];

export const folder: RivalFolder = new RivalFolder(join(import.meta.dirname, '../..'));
