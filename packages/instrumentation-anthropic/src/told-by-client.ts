import type { Attributes } from '@opentelemetry/api';

/** What the client has written of an answer on its own span. */
export interface ToldByClient {
  /** The message, as far as it is told: ids, usage and the reason for its end. */
  readonly message: object;
  readonly errorType: string | undefined;
}

/** Puts the answer together again from the attributes that the client makes of it. */
export function toldByClient(written: Attributes): ToldByClient {
  const tokens = (name: string): number | undefined => {
    const count = written[name];
    return typeof count === 'number' ? count : undefined;
  };
  const read = tokens('gen_ai.usage.cache_read.input_tokens');
  const cached = tokens('gen_ai.usage.cache_write.input_tokens');
  const input = tokens('gen_ai.usage.input_tokens');
  const errorType = written['error.type'];
  return {
    message: {
      id: written['gen_ai.response.id'],
      model: written['gen_ai.response.model'],
      stop_reason: written['anthropic.message.stop_reason'],
      usage: {
        // The attribute is the sum of all input.
        input_tokens: input === undefined ? undefined : input - (read ?? 0) - (cached ?? 0),
        cache_read_input_tokens: read,
        cache_creation_input_tokens: cached,
        cache_creation: {
          ephemeral_5m_input_tokens: tokens(
            'anthropic.usage.cache_creation.ephemeral_5m_input_tokens',
          ),
          ephemeral_1h_input_tokens: tokens(
            'anthropic.usage.cache_creation.ephemeral_1h_input_tokens',
          ),
        },
        output_tokens: tokens('gen_ai.usage.output_tokens'),
        output_tokens_details: {
          thinking_tokens: tokens('gen_ai.usage.reasoning.output_tokens'),
        },
        service_tier: written['anthropic.response.service_tier'],
      },
    },
    errorType: typeof errorType === 'string' ? errorType : undefined,
  };
}
