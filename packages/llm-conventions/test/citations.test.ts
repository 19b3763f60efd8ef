// What a text cites: kept at the text, in the words of the provider, from a response and from a stream of it, and in every vocabulary.
import { expect, test } from 'vitest';
import { checkConformance } from '../src/conformance.ts';
import {
  anthropicStream,
  bedrockStream,
  type ChatMessage,
  createGenAi,
  DIALECTS,
  emitDialects,
  geminiStream,
  inCurrentNames,
  openAiChatStream,
  openAiResponsesStream,
  outputFromAnthropic,
  outputFromBedrock,
  outputFromGemini,
  outputFromOpenAiChat,
  outputFromOpenAiResponses,
  type StreamFormat,
} from '../src/index.ts';
import { readableSpan } from './readable-span.ts';
import { recordSignals } from './record-signals.ts';

interface Provider {
  readonly format: StreamFormat;
  readonly output: (response: unknown) => ChatMessage[];
  readonly response: unknown;
  readonly chunks: readonly unknown[];
  readonly citations: readonly unknown[];
}

const page = { type: 'url_citation', url: 'https://example.com/a', title: 'A', start_index: 0 };
const quote = { type: 'page_location', cited_text: 'two days', document_index: 0 };
const passage = { title: 'Terms', sourceContent: [{ text: 'two days' }], location: {} };
const web = { web: { uri: 'https://example.com/a', title: 'A' } };
const other = { web: { uri: 'https://example.com/b', title: 'B' } };
const segment = { startIndex: 0, endIndex: 3, text: 'Two' };
const grounding = {
  webSearchQueries: ['shipping'],
  groundingChunks: [web, other],
  groundingSupports: [{ segment, groundingChunkIndices: [0, 7] }],
};
const quoted = { startIndex: 0, endIndex: 8, uri: 'https://example.com/c' };

const item = (annotations: object[]): object => ({
  type: 'message',
  role: 'assistant',
  content: [{ type: 'output_text', text: 'Two days.', annotations }],
});

const PROVIDERS: Readonly<Record<string, Provider>> = {
  'OpenAI chat completions': {
    format: openAiChatStream,
    output: outputFromOpenAiChat,
    response: {
      choices: [{ message: { role: 'assistant', content: 'Two days.', annotations: [page] } }],
    },
    chunks: [
      { choices: [{ index: 0, delta: { content: 'Two ' } }] },
      { choices: [{ index: 0, delta: { content: 'days.', annotations: [page] } }] },
    ],
    citations: [page],
  },
  'xAI, for the whole answer': {
    format: openAiChatStream,
    output: outputFromOpenAiChat,
    response: {
      choices: [{ message: { role: 'assistant', content: 'Two days.' } }],
      citations: ['https://example.com/a'],
    },
    chunks: [
      { choices: [{ index: 0, delta: { content: 'Two days.' } }] },
      { choices: [], citations: ['https://example.com/a'] },
    ],
    citations: ['https://example.com/a'],
  },
  'OpenAI responses': {
    format: openAiResponsesStream,
    output: outputFromOpenAiResponses,
    response: { output: [item([page])] },
    chunks: [
      { type: 'response.output_text.delta', output_index: 0, content_index: 0, delta: 'Two days.' },
      {
        type: 'response.output_text.annotation.added',
        output_index: 0,
        content_index: 0,
        annotation: page,
      },
    ],
    citations: [page],
  },
  Anthropic: {
    format: anthropicStream,
    output: outputFromAnthropic,
    response: {
      role: 'assistant',
      content: [{ type: 'text', text: 'Two days.', citations: [quote] }],
    },
    chunks: [
      {
        type: 'content_block_start',
        index: 0,
        content_block: { type: 'text', text: '', citations: [] },
      },
      {
        type: 'content_block_delta',
        index: 0,
        delta: { type: 'citations_delta', citation: quote },
      },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Two ' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'days.' } },
    ],
    citations: [quote],
  },
  Gemini: {
    format: geminiStream,
    output: outputFromGemini,
    response: {
      candidates: [
        {
          content: { role: 'model', parts: [{ text: 'Two days.' }] },
          groundingMetadata: grounding,
          citationMetadata: { citations: [quoted] },
        },
      ],
    },
    chunks: [
      { candidates: [{ content: { role: 'model', parts: [{ text: 'Two ' }] } }] },
      { candidates: [{ content: { role: 'model', parts: [{ text: 'days.' }] } }] },
      {
        candidates: [
          {
            content: { role: 'model', parts: [] },
            groundingMetadata: grounding,
            citationMetadata: { citationSources: [quoted] },
          },
        ],
      },
    ],
    citations: [{ segment, sources: [web] }, other, quoted],
  },
  Bedrock: {
    format: bedrockStream,
    output: outputFromBedrock,
    response: {
      output: {
        message: {
          role: 'assistant',
          content: [
            { citationsContent: { content: [{ text: 'Two days.' }], citations: [passage] } },
          ],
        },
      },
    },
    chunks: [
      { contentBlockDelta: { contentBlockIndex: 0, delta: { text: 'Two days.' } } },
      { contentBlockDelta: { contentBlockIndex: 0, delta: { citation: passage } } },
    ],
    citations: [passage],
  },
};

const cited = (citations: readonly unknown[]): ChatMessage[] => [
  { role: 'assistant', parts: [{ type: 'text', content: 'Two days.', citations }] },
];

test.each(Object.entries(PROVIDERS))(
  'of %s, in a response and in a stream',
  async (_, provider) => {
    const { format, output, response, chunks, citations } = provider;
    const signals = recordSignals();

    const call = createGenAi({ ...signals, content: 'span' }).startInference({ provider: 'p' });
    await drained(call.stream(chunksOf(chunks), format));

    expect(output(response)).toEqual(cited(citations));
    const [span] = signals.spans();
    expect(JSON.parse(String(span?.attributes['gen_ai.output.messages']))).toEqual(
      cited(citations),
    );
    const { errors } = checkConformance(span!, { content: true });
    expect(errors.filter(({ attribute }) => attribute === 'gen_ai.output.messages')).toEqual([]);
  },
);

test('of Gemini, where each chunk of a stream tells its own, or all so far', async () => {
  const signals = recordSignals();
  const chunk = (text: string, more: object): object => ({
    candidates: [{ content: { role: 'model', parts: [{ text }] }, ...more }],
  });
  const first = { startIndex: 0, endIndex: 3, uri: 'https://example.com/first' };

  const call = createGenAi({ ...signals, content: 'span' }).startInference({ provider: 'p' });
  const chunks = [
    chunk('Two ', { citationMetadata: { citations: [first] } }),
    chunk('days', { citationMetadata: { citations: [first, quoted] } }),
    chunk('.', { groundingMetadata: grounding }),
  ];
  await drained(call.stream(chunksOf(chunks), geminiStream));

  const [span] = signals.spans();
  expect(JSON.parse(String(span?.attributes['gen_ai.output.messages']))).toEqual(
    cited([{ segment, sources: [web] }, other, first, quoted]),
  );
});

async function* chunksOf(chunks: readonly unknown[]): AsyncGenerator {
  yield* chunks;
}

async function drained(chunks: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of chunks);
}

test('a text that cites nothing has no citations', () => {
  const plain = [{ role: 'assistant', parts: [{ type: 'text', content: 'Hi' }] }];

  const message = { role: 'assistant', content: 'Hi', annotations: [] };
  expect(outputFromOpenAiChat({ choices: [{ message }] })).toStrictEqual(plain);
  expect(
    outputFromAnthropic({
      role: 'assistant',
      content: [{ type: 'text', text: 'Hi', citations: null }],
    }),
  ).toStrictEqual(plain);
});

test('citations without a text, and more than fit, are left out', async () => {
  const blind = { candidates: [{ content: { parts: [] }, groundingMetadata: grounding }] };
  expect(outputFromGemini(blind)).toEqual([]);

  const signals = recordSignals();
  const call = createGenAi({ ...signals, content: 'span' }).startInference({ provider: 'p' });
  const large = { text: 'x'.repeat(3 * 1024 * 1024) };
  const delta = { type: 'citations_delta', citation: large };
  const chunk = { type: 'content_block_delta', index: 0, delta };
  const text = { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hi' } };
  await drained(call.stream(chunksOf([text, chunk, chunk, chunk, chunk]), anthropicStream));

  const [span] = signals.spans();
  const [message] = JSON.parse(String(span?.attributes['gen_ai.output.messages'])) as ChatMessage[];
  expect(message?.parts[0]?.['citations' as never]).toHaveLength(2);
});

test.each(DIALECTS)('come back from the vocabulary %s as they were', (dialect) => {
  const attributes = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'gpt-5-mini',
    'gen_ai.input.messages': JSON.stringify(cited([quote])),
    'gen_ai.output.messages': JSON.stringify(cited([page])),
  };

  const said = emitDialects([dialect]).transform(readableSpan(attributes));
  const read = inCurrentNames(said).attributes;

  for (const name of ['gen_ai.input.messages', 'gen_ai.output.messages'] as const)
    expect(JSON.parse(String(read[name]))).toEqual(JSON.parse(attributes[name]));
});
