import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';

/** The two clients, as any application would make them. */
export interface Models {
  readonly openai: OpenAI;
  readonly anthropic: Anthropic;
}

export const OPENAI_MODEL = 'gpt-5-mini';
export const ANTHROPIC_MODEL = 'claude-haiku-4-5';

/**
 * Clients for the real services where an API key is set, for the emulator otherwise. Their own retries are
 * off: the coordinator retries, so that each attempt is a span.
 */
export function createModels(environment: Readonly<Record<string, string | undefined>>): Models {
  const emulator = environment.DEMO_EMULATOR_URL;
  const openaiKey = environment.OPENAI_API_KEY;
  const anthropicKey = environment.ANTHROPIC_API_KEY;
  return {
    openai: new OpenAI({
      maxRetries: 0,
      ...(openaiKey ? { apiKey: openaiKey } : { apiKey: 'emulator', baseURL: `${emulator}/v1` }),
    }),
    anthropic: new Anthropic({
      maxRetries: 0,
      // This client makes spans of its own; beside ours they would count every token twice.
      openTelemetry: false,
      ...(anthropicKey ? { apiKey: anthropicKey } : { apiKey: 'emulator', baseURL: emulator }),
    }),
  };
}
