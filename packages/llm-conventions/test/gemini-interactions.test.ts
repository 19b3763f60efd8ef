import { describe, expect, test } from 'vitest';
import {
  createGenAi,
  finishReasonOfGeminiInteraction,
  geminiInteractionsStream,
  inputFromGeminiInteraction,
  outputFromGeminiInteraction,
  usageFromGeminiInteraction,
} from '../src/index.ts';
import { messageErrors } from './message-shapes.ts';
import { read } from './read-stream.ts';
import { recordSignals } from './record-signals.ts';

const picture = { type: 'image', data: 'aGk=', mime_type: 'image/png' };
const search = { type: 'google_search_call', id: 's-1', arguments: { queries: ['parcel 7'] } };
const found = { type: 'google_search_result', call_id: 's-1', result: [{ url: 'https://a.test' }] };
const citation = { type: 'url_citation', url: 'https://a.test', start_index: 0, end_index: 6 };

describe('a request to the Interactions API', () => {
  test.each([
    ['a text', 'hi', [{ role: 'user', parts: [{ type: 'text', content: 'hi' }] }]],
    [
      'a content',
      picture,
      [
        {
          role: 'user',
          parts: [{ type: 'blob', modality: 'image', content: 'aGk=', mime_type: 'image/png' }],
        },
      ],
    ],
    [
      'contents',
      [
        { type: 'text', text: 'What is it?' },
        { type: 'document', uri: 'gs://a/b.pdf', mime_type: 'application/pdf' },
      ],
      [
        {
          role: 'user',
          parts: [
            { type: 'text', content: 'What is it?' },
            {
              type: 'uri',
              modality: 'document',
              uri: 'gs://a/b.pdf',
              mime_type: 'application/pdf',
            },
          ],
        },
      ],
    ],
    [
      'steps of an earlier turn, with what functions gave',
      [
        { type: 'user_input', content: [{ type: 'text', text: 'Where?' }] },
        { type: 'thought', summary: [{ type: 'text', text: 'Track it.' }], signature: 'x' },
        { type: 'function_call', id: 'f-1', name: 'track', arguments: { id: 7 } },
        { type: 'function_result', call_id: 'f-1', name: 'track', result: '{"place":"Lyon"}' },
        { type: 'function_result', call_id: 'f-2', result: [picture], is_error: true },
        { type: 'user_input', content: [] },
      ],
      [
        { role: 'user', parts: [{ type: 'text', content: 'Where?' }] },
        {
          role: 'assistant',
          parts: [
            { type: 'reasoning', content: 'Track it.' },
            { type: 'tool_call', id: 'f-1', name: 'track', arguments: { id: 7 } },
          ],
        },
        {
          role: 'tool',
          parts: [
            { type: 'tool_call_response', id: 'f-1', response: { place: 'Lyon' } },
            {
              type: 'tool_call_response',
              id: 'f-2',
              response: [
                { type: 'blob', modality: 'image', content: 'aGk=', mime_type: 'image/png' },
              ],
              is_error: true,
            },
          ],
        },
        { role: 'user', parts: [] },
      ],
    ],
    ['nothing', undefined, []],
    [
      'turns, as before 2026, texts, and what nobody knows',
      [
        'Where?',
        { role: 'user', content: 'Parcel 7.' },
        {
          role: 'model',
          content: [
            { type: 'thought', summary: [{ type: 'text', text: 'Track it.' }] },
            { type: 'function_call', id: 'f-1', name: 'track', arguments: { id: 7 } },
          ],
        },
        { role: 'user', content: [{ type: 'function_result', call_id: 'f-1', result: 'Lyon' }] },
        { role: 'model', content: [{ type: 'text', text: 'Lyon.' }, 'There.'] },
        { role: 'user', content: picture },
        { newer: 1 },
        { role: 'user' },
        {},
        null,
        7,
      ],
      [
        {
          role: 'user',
          parts: [
            { type: 'text', content: 'Where?' },
            { type: 'text', content: 'Parcel 7.' },
          ],
        },
        {
          role: 'assistant',
          parts: [
            { type: 'reasoning', content: 'Track it.' },
            { type: 'tool_call', id: 'f-1', name: 'track', arguments: { id: 7 } },
          ],
        },
        { role: 'tool', parts: [{ type: 'tool_call_response', id: 'f-1', response: 'Lyon' }] },
        {
          role: 'assistant',
          parts: [
            { type: 'text', content: 'Lyon.' },
            { type: 'text', content: 'There.' },
          ],
        },
        {
          role: 'user',
          parts: [
            { type: 'blob', modality: 'image', content: 'aGk=', mime_type: 'image/png' },
            { type: 'unknown', newer: 1 },
          ],
        },
      ],
    ],
  ])('with %s', (_name, input, messages) => {
    expect(inputFromGeminiInteraction({ input }).inputMessages).toEqual(messages);
  });

  test('with instructions and tools', () => {
    const tools = [{ type: 'function', name: 'track' }, { type: 'google_search' }];

    expect(inputFromGeminiInteraction({ system_instruction: 'Be brief.', tools })).toEqual({
      inputMessages: [],
      systemInstructions: [{ type: 'text', content: 'Be brief.' }],
      toolDefinitions: [
        { type: 'function', name: 'track' },
        { type: 'google_search', name: 'google_search' },
      ],
    });
  });
});

/** An answer with all there is, in one piece and as events. */
const steps = [
  { type: 'user_input', content: [{ type: 'text', text: 'What I asked.' }] },
  { type: 'thought', signature: 'x', summary: [{ type: 'text', text: 'Look it up.' }, picture] },
  search,
  found,
  {
    type: 'model_output',
    content: [
      { type: 'text', text: 'Lyon. ', annotations: [citation] },
      picture,
      { type: 'text', text: 'There.' },
    ],
  },
];
const said = [
  {
    role: 'assistant',
    parts: [
      { type: 'reasoning', content: 'Look it up.' },
      { type: 'blob', modality: 'image', content: 'aGk=', mime_type: 'image/png' },
      {
        type: 'server_tool_call',
        id: 's-1',
        name: 'google_search',
        server_tool_call: { type: 'google_search', arguments: { queries: ['parcel 7'] } },
      },
      {
        type: 'server_tool_call_response',
        id: 's-1',
        server_tool_call_response: { type: 'google_search', result: [{ url: 'https://a.test' }] },
      },
      { type: 'text', content: 'Lyon. ', citations: [citation] },
      { type: 'blob', modality: 'image', content: 'aGk=', mime_type: 'image/png' },
      { type: 'text', content: 'There.' },
    ],
  },
];

const delta = (index: number, piece: object): object => ({
  event_type: 'step.delta',
  index,
  delta: piece,
});
const start = (index: number, step: object): object => ({ event_type: 'step.start', index, step });

function interaction(
  id: string | undefined,
  status: string,
  tokens?: readonly [number, number],
): object {
  const usage = tokens && { total_input_tokens: tokens[0], total_output_tokens: tokens[1] };
  return { id, model: 'gemini-3.5-flash', status, ...(usage && { usage }) };
}
const created = (id?: string): object => ({
  event_type: 'interaction.created',
  interaction: interaction(id, 'in_progress'),
});
const completed = (
  id: string | undefined,
  status: string,
  tokens: readonly [number, number],
): object => ({
  event_type: 'interaction.completed',
  interaction: interaction(id, status, tokens),
});

describe('an answer of the Interactions API', () => {
  test('has what the model thought, what tools of Google did and what it said', () => {
    expect(outputFromGeminiInteraction({ steps })).toEqual(said);
    expect(messageErrors(outputFromGeminiInteraction({ steps }))).toEqual([]);
  });

  test('is the same as a stream', () => {
    const reader = read({ format: geminiInteractionsStream }, [
      created('i-1'),
      start(0, { type: 'thought' }),
      delta(0, { type: 'thought_summary', content: { type: 'text', text: 'Look ' } }),
      delta(0, { type: 'thought_summary', content: { type: 'text', text: 'it up.' } }),
      delta(0, { type: 'thought_summary', content: picture }),
      delta(0, { type: 'thought_signature', signature: 'x' }),
      start(1, { type: 'google_search_call', id: 's-1', arguments: {} }),
      delta(1, { type: 'google_search_call', arguments: { queries: ['parcel 7'] } }),
      start(2, { type: 'google_search_result', call_id: 's-1', result: [] }),
      delta(2, { type: 'google_search_result', result: [{ url: 'https://a.test' }] }),
      start(3, { type: 'model_output' }),
      delta(3, { type: 'text', text: 'Ly' }),
      delta(3, { type: 'text', text: 'on. ' }),
      delta(3, { type: 'text_annotation_delta', annotations: [citation] }),
      delta(3, picture),
      delta(3, { type: 'text', text: 'There.' }),
      completed('i-1', 'completed', [12, 5]),
    ]);

    expect(reader.incomplete?.()).toBeUndefined();
    expect(reader.response()).toEqual({
      id: 'i-1',
      model: 'gemini-3.5-flash',
      usage: { inputTokens: 12, outputTokens: 5 },
      finishReasons: ['stop'],
      outputMessages: said,
    });
  });

  test('of several interactions, as where the client goes on by itself, has the tokens of all', () => {
    const reader = read({ format: geminiInteractionsStream }, [
      created('i-1'),
      start(0, { type: 'model_output' }),
      delta(0, { type: 'text', text: 'On its ' }),
      completed('i-1', 'requires_continuation', [12, 5]),
      created('i-2'),
      start(0, { type: 'model_output' }),
      delta(0, { type: 'text', text: 'way.' }),
      completed('i-2', 'completed', [17, 3]),
    ]);

    expect(reader.response()).toMatchObject({
      id: 'i-2',
      usage: { inputTokens: 29, outputTokens: 8 },
      finishReasons: ['stop'],
      outputMessages: [{ parts: [{ content: 'On its ' }, { content: 'way.' }] }],
    });
  });

  test.each([undefined, ''])('of several without an id (%j) has the tokens of all', (id) => {
    const again = [created(id), completed(id, 'completed', [12, 5])];
    const reader = read({ format: geminiInteractionsStream }, [...again, ...again]);

    expect(reader.response()).toMatchObject({ usage: { inputTokens: 24, outputTokens: 10 } });
    expect(reader.response().answers).toHaveLength(2);
  });

  test('that a stream tells only with its end is read there', () => {
    const last = { ...interaction('i-1', 'completed', [12, 5]), steps };
    const reader = read({ format: geminiInteractionsStream }, [
      created('i-1'),
      { event_type: 'interaction.completed', interaction: last },
    ]);
    const told = read({ format: geminiInteractionsStream }, [
      created('i-1'),
      start(0, { type: 'model_output' }),
      delta(0, { type: 'text', text: 'On its way.' }),
      { event_type: 'interaction.completed', interaction: last },
    ]);

    expect(reader.response().outputMessages).toEqual(said);
    expect(told.response().outputMessages?.[0]?.parts).toEqual([
      { type: 'text', content: 'On its way.' },
    ]);
  });

  test('with arguments that are no JSON is read on', () => {
    const reader = read({ format: geminiInteractionsStream }, [
      start(0, { type: 'function_call', id: 'f-1', name: 'track', arguments: { id: 7n } }),
    ]);

    expect(reader.response().outputMessages?.[0]?.parts).toMatchObject([
      { type: 'tool_call', id: 'f-1', name: 'track' },
    ]);
  });

  test('that breaks off has the tokens that were told so far, and is not complete', () => {
    const total_usage = { total_input_tokens: 12, total_output_tokens: 2 };
    const reader = read({ format: geminiInteractionsStream }, [
      created('i-1'),
      { ...delta(0, { type: 'text', text: 'On' }), metadata: { total_usage } },
    ]);

    expect(reader.response()).toMatchObject({ usage: { inputTokens: 12, outputTokens: 2 } });
    expect(reader.incomplete?.()).toMatchObject({ code: 'incomplete_stream' });
  });

  test('in the words of the API before 2026 is read as well', () => {
    const outputs = [
      { type: 'text', text: 'On its way.' },
      { type: 'function_call', id: 'f-1', name: 'track', arguments: { id: 7 } },
    ];
    const parts = [
      { type: 'text', content: 'On its way.' },
      { type: 'tool_call', id: 'f-1', name: 'track', arguments: { id: 7 } },
    ];
    const piece = { event_type: 'content.delta', index: 1 };
    const reader = read({ format: geminiInteractionsStream }, [
      { event_type: 'interaction.start', interaction: interaction('i-1', 'in_progress') },
      { event_type: 'content.start', index: 0, content: { type: 'text' } },
      { ...piece, index: 0, delta: { type: 'text', text: 'On its way.' } },
      { event_type: 'content.stop', index: 0 },
      { event_type: 'content.start', index: 1, content: { type: 'function_call' } },
      { ...piece, delta: outputs[1] },
      {
        event_type: 'interaction.complete',
        interaction: interaction('i-1', 'requires_action', [12, 5]),
      },
    ]);

    expect(outputFromGeminiInteraction({ outputs })).toEqual([{ role: 'assistant', parts }]);
    expect(reader.incomplete?.()).toBeUndefined();
    expect(reader.response()).toMatchObject({
      usage: { inputTokens: 12, outputTokens: 5 },
      finishReasons: ['tool_call'],
      outputMessages: [{ role: 'assistant', parts }],
    });
  });

  test('of which the client could not parse an event is read on, and is not complete without its end', async () => {
    const { tracer, meter, clock, spans } = recordSignals();
    const call = createGenAi({ tracer, meter, clock }).startInference({ provider: 'gcp.gemini' });
    async function* events(): AsyncGenerator {
      yield created('i-1');
      yield await Promise.resolve('{"broken');
    }
    for await (const _ of call.stream(events(), geminiInteractionsStream));

    expect(spans()[0]?.attributes).toMatchObject({
      'error.type': 'incomplete_stream',
      'gen_ai.response.id': 'i-1',
    });
  });

  test('that failed is an error', () => {
    const reader = geminiInteractionsStream.open({ content: true });

    expect(reader.read(completed('i-1', 'failed', [12, 5]))).toMatchObject({
      message: 'the interaction failed',
    });
  });

  test.each([
    ['completed', 'stop'],
    ['requires_action', 'tool_call'],
    ['incomplete', 'length'],
    ['requires_continuation', 'length'],
    ['failed', 'error'],
    ['cancelled', 'error'],
    ['budget_exceeded', 'budget_exceeded'],
    ['queued', undefined],
    ['in_progress', undefined],
  ])('whose status is %s ended with %s', (status, reason) => {
    expect(finishReasonOfGeminiInteraction({ status })).toBe(reason);
  });

  test('has the thoughts of before 2026, too', () => {
    expect(
      usageFromGeminiInteraction({
        total_input_tokens: 10,
        total_output_tokens: 5,
        total_reasoning_tokens: 90,
      }),
    ).toEqual({ inputTokens: 10, outputTokens: 95, reasoningTokens: 90 });
  });

  test('leaves thoughts out of its output and what tools read out of its input', () => {
    expect(
      usageFromGeminiInteraction({
        total_input_tokens: 100,
        total_tool_use_tokens: 20,
        total_cached_tokens: 40,
        total_output_tokens: 10,
        total_thought_tokens: 30,
        total_tokens: 160,
        input_tokens_by_modality: [
          { modality: 'text', tokens: 60 },
          { modality: 'audio', tokens: 40 },
        ],
        cached_tokens_by_modality: [{ modality: 'audio', tokens: 40 }],
        output_tokens_by_modality: [{ modality: 'image', tokens: 10 }],
      }),
    ).toEqual({
      inputTokens: 120,
      outputTokens: 40,
      cacheReadTokens: 40,
      reasoningTokens: 30,
      textInputTokens: 60,
      audioInputTokens: 40,
      audioCacheReadTokens: 40,
      imageOutputTokens: 10,
    });
  });
});
