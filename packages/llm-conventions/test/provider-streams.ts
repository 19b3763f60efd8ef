// Streams as the APIs send them, made from their documentation: an answer with text and a tool call, its text and
// the JSON of the call cut into any pieces.
import {
  aiSdkStream,
  anthropicStream,
  bedrockStream,
  geminiInteractionsStream,
  geminiStream,
  openAiChatStream,
  openAiResponsesStream,
  type StreamFormat,
} from '../src/index.ts';

export interface Pieces {
  readonly text: readonly string[];
  readonly json: readonly string[];
}

export interface ProviderStream {
  readonly provider: string;
  readonly format: StreamFormat;
  chunks(pieces: Pieces): unknown[];
  /** An event that reports an error, in the middle of a stream, and the `error.type` it stands for. */
  readonly errorEvent: readonly [unknown, string];
  /** What of a response the API tells; Bedrock has no id and no model in its stream. */
  readonly tells: { readonly id?: string; readonly model?: string };
}

export const TEXT = 'It is 21 °C in Zürich.';
export const JSON_TEXT = '{"city":"Zürich","days":3}';

/** The same usage in all of them: 100 in, of which 40 from the cache; 30 out. */
export const providerStreams: readonly ProviderStream[] = [
  {
    provider: 'openai',
    format: openAiChatStream,
    tells: { id: 'c-1', model: 'm-1' },
    errorEvent: [{ error: { message: 'overloaded', code: 'server_error' } }, 'server_error'],
    chunks({ text, json }) {
      const chunk = (delta: object, finish_reason: string | null = null): object => ({
        id: 'c-1',
        model: 'm-1',
        object: 'chat.completion.chunk',
        choices: [{ index: 0, delta, finish_reason }],
      });
      return [
        chunk({ role: 'assistant', content: '' }),
        ...text.map((content) => chunk({ content })),
        chunk({
          tool_calls: [
            { index: 0, id: 't-1', type: 'function', function: { name: 'weather', arguments: '' } },
          ],
        }),
        ...json.map((piece) =>
          chunk({ tool_calls: [{ index: 0, function: { arguments: piece } }] }),
        ),
        chunk({}, 'tool_calls'),
        {
          id: 'c-1',
          model: 'm-1',
          choices: [],
          usage: {
            prompt_tokens: 100,
            completion_tokens: 30,
            total_tokens: 130,
            prompt_tokens_details: { cached_tokens: 40 },
          },
        },
      ];
    },
  },
  {
    provider: 'openai responses',
    format: openAiResponsesStream,
    tells: { id: 'c-1', model: 'm-1' },
    errorEvent: [{ type: 'error', code: 'server_error', message: 'overloaded' }, 'server_error'],
    chunks({ text, json }) {
      const message = {
        type: 'message',
        role: 'assistant',
        content: [{ type: 'output_text', text: text.join('') }],
      };
      const call = {
        type: 'function_call',
        call_id: 't-1',
        name: 'weather',
        arguments: json.join(''),
      };
      const response = { id: 'c-1', model: 'm-1', status: 'in_progress', output: [] };
      return [
        { type: 'response.created', response },
        { type: 'response.output_item.added', output_index: 0, item: { ...message, content: [] } },
        ...text.map((delta) => ({
          type: 'response.output_text.delta',
          output_index: 0,
          content_index: 0,
          delta,
        })),
        { type: 'response.output_item.done', output_index: 0, item: message },
        { type: 'response.output_item.added', output_index: 1, item: { ...call, arguments: '' } },
        ...json.map((delta) => ({
          type: 'response.function_call_arguments.delta',
          output_index: 1,
          delta,
        })),
        { type: 'response.output_item.done', output_index: 1, item: call },
        {
          type: 'response.completed',
          response: {
            ...response,
            status: 'completed',
            output: [message, call],
            usage: {
              input_tokens: 100,
              output_tokens: 30,
              input_tokens_details: { cached_tokens: 40 },
            },
          },
        },
      ];
    },
  },
  {
    provider: 'anthropic',
    format: anthropicStream,
    tells: { id: 'c-1', model: 'm-1' },
    errorEvent: [
      { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
      'overloaded_error',
    ],
    chunks: ({ text, json }) => [
      {
        type: 'message_start',
        message: {
          id: 'c-1',
          model: 'm-1',
          role: 'assistant',
          content: [],
          usage: { input_tokens: 60, cache_read_input_tokens: 40, output_tokens: 1 },
        },
      },
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
      { type: 'ping' },
      ...text.map((piece) => ({
        type: 'content_block_delta',
        index: 0,
        delta: { type: 'text_delta', text: piece },
      })),
      { type: 'content_block_stop', index: 0 },
      {
        type: 'content_block_start',
        index: 1,
        content_block: { type: 'tool_use', id: 't-1', name: 'weather', input: {} },
      },
      ...json.map((piece) => ({
        type: 'content_block_delta',
        index: 1,
        delta: { type: 'input_json_delta', partial_json: piece },
      })),
      { type: 'content_block_stop', index: 1 },
      { type: 'message_delta', delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 30 } },
      { type: 'message_stop' },
    ],
  },
  {
    provider: 'gcp.gemini',
    format: geminiStream,
    tells: { id: 'c-1', model: 'm-1' },
    errorEvent: [
      { error: { code: 503, status: 'UNAVAILABLE', message: 'overloaded' } },
      'UNAVAILABLE',
    ],
    chunks({ text, json }) {
      const chunk = (part: object, rest: object = {}): object => ({
        responseId: 'c-1',
        modelVersion: 'm-1',
        candidates: [{ index: 0, content: { role: 'model', parts: [part] }, ...rest }],
        usageMetadata: { promptTokenCount: 100, cachedContentTokenCount: 40 },
      });
      // Calls come whole.
      const args: unknown = JSON.parse(json.join(''));
      return [
        ...text.map((piece) => chunk({ text: piece })),
        {
          ...chunk(
            { functionCall: { id: 't-1', name: 'weather', args } },
            { finishReason: 'STOP' },
          ),
          usageMetadata: {
            promptTokenCount: 100,
            cachedContentTokenCount: 40,
            candidatesTokenCount: 20,
            thoughtsTokenCount: 10,
          },
        },
      ];
    },
  },
  {
    provider: 'gemini interactions',
    format: geminiInteractionsStream,
    tells: { id: 'c-1', model: 'm-1' },
    errorEvent: [
      { event_type: 'error', error: { code: 'unavailable', message: 'overloaded' } },
      'unavailable',
    ],
    chunks({ text, json }) {
      const interaction = { id: 'c-1', model: 'm-1', status: 'in_progress' };
      const call = { type: 'function_call', id: 't-1', name: 'weather', arguments: {} };
      const delta = (index: number, piece: object): object => ({
        event_type: 'step.delta',
        index,
        delta: piece,
      });
      return [
        { event_type: 'interaction.created', interaction },
        { event_type: 'interaction.status_update', interaction_id: 'c-1', status: 'in_progress' },
        { event_type: 'step.start', index: 0, step: { type: 'model_output' } },
        ...text.map((piece) => delta(0, { type: 'text', text: piece })),
        { event_type: 'step.stop', index: 0 },
        { event_type: 'step.start', index: 1, step: call },
        ...json.map((piece) => delta(1, { type: 'arguments_delta', arguments: piece })),
        { event_type: 'step.stop', index: 1 },
        {
          event_type: 'interaction.completed',
          interaction: {
            ...interaction,
            status: 'requires_action',
            usage: {
              total_input_tokens: 100,
              total_cached_tokens: 40,
              total_output_tokens: 20,
              total_thought_tokens: 10,
              total_tool_use_tokens: 0,
              total_tokens: 130,
            },
          },
        },
      ];
    },
  },
  {
    provider: 'aws.bedrock',
    format: bedrockStream,
    tells: {},
    errorEvent: [{ throttlingException: { message: 'slow down' } }, 'throttlingException'],
    chunks: ({ text, json }) => [
      { messageStart: { role: 'assistant' } },
      ...text.map((piece) => ({
        contentBlockDelta: { contentBlockIndex: 0, delta: { text: piece } },
      })),
      { contentBlockStop: { contentBlockIndex: 0 } },
      {
        contentBlockStart: {
          contentBlockIndex: 1,
          start: { toolUse: { toolUseId: 't-1', name: 'weather' } },
        },
      },
      ...json.map((input) => ({
        contentBlockDelta: { contentBlockIndex: 1, delta: { toolUse: { input } } },
      })),
      { contentBlockStop: { contentBlockIndex: 1 } },
      { messageStop: { stopReason: 'tool_use' } },
      { metadata: { usage: { inputTokens: 60, cacheReadInputTokens: 40, outputTokens: 30 } } },
    ],
  },
  {
    provider: 'ai sdk',
    format: aiSdkStream,
    tells: { id: 'c-1', model: 'm-1' },
    errorEvent: [
      { type: 'error', error: Object.assign(new Error('overloaded'), { code: 'server_error' }) },
      'server_error',
    ],
    chunks: ({ text, json }) => [
      { type: 'stream-start', warnings: [] },
      { type: 'response-metadata', id: 'c-1', modelId: 'm-1' },
      { type: 'text-start', id: '1' },
      ...text.map((delta) => ({ type: 'text-delta', id: '1', delta })),
      { type: 'text-end', id: '1' },
      { type: 'tool-input-start', id: 't-1', toolName: 'weather' },
      ...json.map((delta) => ({ type: 'tool-input-delta', id: 't-1', delta })),
      { type: 'tool-input-end', id: 't-1' },
      { type: 'tool-call', toolCallId: 't-1', toolName: 'weather', input: json.join('') },
      {
        type: 'finish',
        finishReason: { unified: 'tool-calls', raw: 'tool_calls' },
        usage: {
          inputTokens: { total: 100, noCache: 60, cacheRead: 40 },
          outputTokens: { total: 30 },
        },
      },
    ],
  },
];
