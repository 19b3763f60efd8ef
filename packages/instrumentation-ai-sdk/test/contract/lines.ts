import type { ClientLine, ClientOptions } from '@llm-otel/tooling/contract';
import { createOpenAI } from '@ai-sdk/openai';
import * as major7 from 'ai';
import * as major6 from 'ai-6';
import { createOpenAI as createOpenAiForMajor6 } from 'ai-sdk-openai-3';

/** The library and what an application makes calls with. The tests are typed by the newest major. */
export interface AiSdk {
  readonly ai: typeof major7;
  readonly major: 6 | 7;
  readonly openAi: ReturnType<typeof createOpenAI>;
  readonly options: ClientOptions;
  /** What is spread into each call: it names the call, and says how it is observed. */
  readonly telemetry: object;
}

export interface Line extends ClientLine<AiSdk> {
  readonly major: 6 | 7;
}

export const lines: readonly Line[] = [
  {
    name: 'ai 6',
    major: 6,
    create: (options) => ({
      ai: major6 as unknown as typeof major7,
      major: 6,
      openAi: createOpenAiForMajor6({ ...options, apiKey: 'none' }) as unknown as ReturnType<
        typeof createOpenAI
      >,
      options,
      telemetry: { experimental_telemetry: { isEnabled: false, functionId: 'desk' } },
    }),
  },
  {
    name: 'ai 7',
    major: 7,
    create: (options) => ({
      ai: major7,
      major: 7,
      openAi: createOpenAI({ ...options, apiKey: 'none' }),
      options,
      telemetry: { telemetry: { functionId: 'desk' } },
    }),
  },
];
