// What a model says aloud is recorded as its text and its sound, of a response and of a stream alike.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createGenAi,
  geminiStream,
  inputFromOpenAiChat,
  inputFromOpenAiResponses,
  openAiChatStream,
  openAiResponsesStream,
  outputFromGemini,
  outputFromOpenAiChat,
  outputFromOpenAiResponses,
  type StreamFormat,
} from '../src/index.ts';
import { recordSignals } from './record-signals.ts';

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const sound = Uint8Array.from({ length: 50 }, (_, index) => index * 5);
const spoken = [
  { type: 'text', content: 'Hello Ada' },
  { type: 'blob', modality: 'audio', content: base64(sound) },
];

/** The answer that the span of a streamed call has. */
async function streamed(chunks: readonly unknown[], format: StreamFormat): Promise<unknown> {
  const signals = recordSignals();
  const genAi = createGenAi({ ...signals, content: 'span' });
  const source = async function* (): AsyncGenerator {
    yield* chunks;
  };
  const stream = await genAi.inference({ provider: 'p', stream: true }, async (call) =>
    call.stream(source(), format),
  );
  for await (const _ of stream);
  const messages = signals.spans()[0]?.attributes['gen_ai.output.messages'];
  return typeof messages === 'string' ? JSON.parse(messages) : messages;
}

describe('chat completions', () => {
  const audio = { id: 'audio_1', data: base64(sound), transcript: 'Hello Ada', expires_at: 1 };
  const delta = (piece: object): object => ({ choices: [{ index: 0, delta: { audio: piece } }] });

  test('have the text of what was said in front of its sound', () => {
    const message = { role: 'assistant', content: null, refusal: null, audio };

    expect(outputFromOpenAiChat({ choices: [{ message }] })).toEqual([
      { role: 'assistant', parts: spoken },
    ]);
    // Sent again, it is named by its id.
    const again = { role: 'assistant', audio: { id: 'audio_1' } };
    expect(inputFromOpenAiChat({ messages: [again] }).inputMessages).toEqual([
      {
        role: 'assistant',
        parts: [{ type: 'file', modality: 'audio', file_id: 'audio_1' }],
      },
    ]);
  });

  test('have the same from a stream, however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 17 }), { minLength: 1, maxLength: 12 }),
        fc.boolean(),
        async (sizes, isTold) => {
          const chunks: object[] = isTold
            ? [delta({ id: 'audio_1', transcript: '' }), delta({ transcript: 'Hello Ada' })]
            : [delta({ id: 'audio_1', data: '' })];
          let at = 0;
          // Each piece is base64 of its own, with its own padding.
          for (const size of [...sizes, sound.length]) {
            if (at < sound.length)
              chunks.push(delta({ data: base64(sound.subarray(at, at + size)) }));
            at += size;
          }
          if (!isTold) chunks.push(delta({ transcript: 'Hello' }), delta({ transcript: ' Ada' }));

          expect(await streamed(chunks, openAiChatStream)).toEqual([
            { role: 'assistant', parts: spoken },
          ]);
        },
      ),
    );
  });

  test('that broke off before the sound have its id, and of sound that is no base64 its text alone', async () => {
    expect(await streamed([delta({ id: 'a', transcript: 'Hel' })], openAiChatStream)).toEqual([
      {
        role: 'assistant',
        parts: [
          { type: 'text', content: 'Hel' },
          { type: 'file', modality: 'audio', file_id: 'a' },
        ],
      },
    ]);
    expect(await streamed([delta({ transcript: 'Hel', data: '%%%' })], openAiChatStream)).toEqual([
      { role: 'assistant', parts: [{ type: 'text', content: 'Hel' }] },
    ]);
  });

  test('that are longer than a span can carry tell how long the sound is, and keep the text', async () => {
    const piece = base64(new Uint8Array(3 * 1024 * 1024));
    const chunks = [
      ...Array.from({ length: 4 }, () => delta({ data: piece })),
      delta({ transcript: 'Hello' }),
    ];

    expect(await streamed(chunks, openAiChatStream)).toEqual([
      {
        role: 'assistant',
        parts: [
          { type: 'text', content: 'Hello' },
          { type: 'omitted', modality: 'audio', byte_length: 12 * 1024 * 1024 },
        ],
      },
    ]);
  });
});

describe('responses', () => {
  const content = { type: 'output_audio', data: base64(sound), transcript: 'Hello Ada' };

  test('have the text of what was said in front of its sound', () => {
    const output = [{ type: 'message', role: 'assistant', content: [content] }];

    expect(outputFromOpenAiResponses({ output })).toEqual([{ role: 'assistant', parts: spoken }]);
    const heard = {
      role: 'user',
      content: [
        { type: 'input_audio', input_audio: { data: base64(sound), format: 'wav' } },
        { type: 'input_audio', transcript: 'What is the time?' },
      ],
    };
    expect(inputFromOpenAiResponses({ input: [heard] }).inputMessages).toEqual([
      {
        role: 'user',
        parts: [
          { type: 'blob', modality: 'audio', content: base64(sound), mime_type: 'audio/wav' },
          { type: 'text', content: 'What is the time?' },
        ],
      },
    ]);
  });

  test.each([
    ['response.audio.delta', 'response.audio.transcript.delta'],
    ['response.output_audio.delta', 'response.output_audio_transcript.delta'],
  ])('have it from the events of a stream that broke off: %s', async (ofSound, ofText) => {
    const events = [
      { type: ofText, delta: 'Hello' },
      { type: ofSound, delta: base64(sound.subarray(0, 10)) },
      { type: ofText, delta: ' Ada' },
      { type: ofSound, delta: base64(sound.subarray(10)) },
    ];

    expect(await streamed(events, openAiResponsesStream)).toEqual([
      { role: 'assistant', parts: spoken },
    ]);
  });
});

test('Gemini: sound in several pieces of a stream is one, as it is in the response', async () => {
  const chunk = (bytes: Uint8Array, mimeType: string): object => ({
    candidates: [{ content: { parts: [{ inlineData: { mimeType, data: base64(bytes) } }] } }],
  });
  const pcm = 'audio/L16;codec=pcm;rate=24000';

  expect(
    await streamed(
      [chunk(sound.subarray(0, 10), pcm), chunk(sound.subarray(10), pcm)],
      geminiStream,
    ),
  ).toEqual(outputFromGemini(chunk(sound, pcm)));
  // Files are not: each has a head of its own.
  const wavs = [chunk(sound, 'audio/wav'), chunk(sound, 'audio/wav')];
  expect(await streamed(wavs, geminiStream)).toMatchObject([{ parts: [{}, {}] }]);
});
