import type { GoogleGenAI } from '@google/genai';
import type { ModelScript } from '@llm-otel/testing';
import type { Case } from './cases.ts';
import {
  answer,
  collect,
  completed,
  done,
  incomplete,
  model,
  name,
  tokens,
  usage,
} from './shared.ts';

const request = { model, input: 'Where is my parcel?' };
const streamed = { ...request, stream: true } as const;
/** By itself the client tries four times more, and waits between. */
const once = { maxRetries: 0 };

type Interactions = GoogleGenAI['interactions'];
type EventStream = Awaited<ReturnType<typeof open>>;

function open({ interactions }: { interactions: Interactions }, signal?: AbortSignal) {
  return interactions.create(streamed, { ...once, ...(signal && { signal }) });
}

function interaction(
  title: string,
  script: ModelScript,
  run: Case['run'],
  spans: Case['spans'],
  more: Partial<Case> = {},
): Case {
  const on = ({ hasInteractions }: { readonly hasInteractions: boolean }): boolean =>
    hasInteractions;
  return { name: `interaction, ${title}`, scripts: [script], on, run, spans, ...more };
}

/** A stream that is read in some way. */
function read(
  title: string,
  script: ModelScript,
  reader: (stream: EventStream) => Promise<unknown>,
  spans: Case['spans'],
  more: Partial<Case> = {},
): Case {
  return interaction(title, script, async (client) => reader(await open(client)), spans, more);
}

const hanging: ModelScript = { ...answer, fault: { kind: 'hang', afterChunks: 2 } };
const cancelled = { name, outcome: 'cancelled', firstChunk: true } as const;
/** Web streams, since 2.4. */
const web: Partial<Case> = { on: ({ isRecent }) => isRecent };

/** The API that has steps: one request, or one stream, is one call of a model. */
export const interactionCases: readonly Case[] = [
  interaction('plain', answer, (client) => client.interactions.create(request), [done]),
  interaction(
    'the same resource each time, with its own members',
    answer,
    async (client) => {
      const { interactions } = client;
      const same = interactions === client.interactions;
      const facts = { same, keys: Object.keys(interactions), client: Object.keys(client) };
      return { ...facts, body: await interactions.create(request) };
    },
    [done],
  ),
  interaction(
    'with all that can be set',
    answer,
    (client) =>
      client.interactions.create({
        ...request,
        system_instruction: 'Be brief.',
        generation_config: { temperature: 0.2, top_p: 0.9, max_output_tokens: 100, seed: 7 },
        store: false,
      }),
    [done],
  ),
  interaction(
    'tool calls',
    { toolCalls: [{ name: 'track', arguments: { id: 7 } }], usage },
    (client) =>
      client.interactions.create({ ...request, tools: [{ type: 'function', name: 'track' }] }),
    [{ name, tokens, finishReasons: ['tool_call'] }],
  ),
  interaction(
    'thinking',
    { ...answer, reasoning: ['Parcels ', 'move.'], usage: { ...usage, reasoningTokens: 2 } },
    (client) => client.interactions.create(request),
    [done],
  ),
  interaction(
    'cut short',
    { ...answer, finishReason: 'length' },
    (client) => client.interactions.create(request),
    [{ name, tokens, finishReasons: ['length'] }],
  ),
  interaction('401', { error: { status: 401 } }, (client) => client.interactions.create(request), [
    { name, errorType: 'UNAUTHENTICATED' },
  ]),
  interaction(
    '429',
    { error: { status: 429 } },
    (client) => client.interactions.create(request, once),
    [{ name, errorType: 'RESOURCE_EXHAUSTED' }],
  ),
  interaction(
    '500, tried again',
    answer,
    (client) => client.interactions.create(request, { maxRetries: 1 }),
    [{ ...done, retries: 1 }],
    // Else the client waits for as long as it likes.
    { scripts: [{ error: { status: 500, headers: { 'retry-after-ms': '1' } } }, answer] },
  ),
  interaction(
    'abort before the answer',
    { fault: { kind: 'hang' } },
    (client) => {
      const abort = new AbortController();
      const promise = client.interactions.create(request, { ...once, signal: abort.signal });
      queueMicrotask(() => abort.abort());
      return promise;
    },
    [{ name, errorType: 'APIUserAbortError' }],
  ),
  interaction(
    'parameters the client refuses',
    answer,
    (client) =>
      client.interactions.create(
        { ...request, background: true, automatic_continuation: false },
        once,
      ),
    [{ name, errorType: 'Error' }],
    { ...web, scripts: [] },
  ),
  read('stream', answer, collect, [completed]),
  read(
    'stream with tool calls',
    { toolCalls: [{ name: 'track', arguments: { id: 7 } }], usage },
    collect,
    [{ ...completed, finishReasons: ['tool_call'] }],
  ),
  ...[1, 7].map((writeBytes) =>
    read(
      `stream in writes of ${writeBytes} bytes, with CRLF`,
      { ...answer, text: ['Grüße ', 'aus 東京 ', '🚀'], writeBytes, crlf: true },
      collect,
      [completed],
    ),
  ),
  read(
    'break after two events',
    answer,
    async (stream) => {
      let count = 0;
      for await (const event of stream) if (++count === 2) return event;
      return undefined;
    },
    [cancelled],
  ),
  read('stream never read', answer, async (stream) => typeof stream, [
    { name, outcome: 'dropped', atCollection: true },
  ]),
  read(
    'stream through tee',
    answer,
    async (stream) => {
      const [one, other] = stream.tee() as readonly AsyncIterable<unknown>[];
      return [await collect(one!), await collect(other!)];
    },
    [completed],
  ),
  read(
    'stream through a reader',
    answer,
    async (stream) => {
      const reader = stream.getReader();
      const steps: unknown[] = [];
      for (let step = await reader.read(); !step.done; step = await reader.read()) steps.push(step);
      return [steps, stream instanceof ReadableStream, Object.keys(stream)];
    },
    [completed],
    web,
  ),
  read(
    'stream through a pipe',
    answer,
    (stream) => collect(stream.pipeThrough(new TransformStream<unknown, unknown>())),
    [completed],
    web,
  ),
  read(
    'stream that is cancelled',
    answer,
    (stream) => stream.cancel('enough'),
    [{ name, outcome: 'cancelled' }],
    web,
  ),
  interaction(
    'stream that goes on by itself only once',
    answer,
    async (client) =>
      collect(
        await client.interactions.create({ ...streamed, automatic_continuation: false }, once),
      ),
    [completed],
    web,
  ),
  interaction(
    'abort while the reader waits',
    hanging,
    async (client) => {
      const abort = new AbortController();
      let count = 0;
      for await (const _event of await open(client, abort.signal)) if (++count === 4) abort.abort();
      return count;
    },
    [{ name, outcome: 'failed', firstChunk: true, errorType: 'AbortError' }],
  ),
  read(
    'server cuts the stream',
    { ...answer, fault: { kind: 'cut', afterChunks: 2 } },
    collect,
    [{ name, outcome: 'failed', firstChunk: true, errorType: 'APIConnectionError' }],
    {
      spansOn: ({ isRecent }) =>
        isRecent
          ? undefined
          : [{ name, outcome: 'failed', firstChunk: true, errorType: 'UND_ERR_SOCKET' }],
    },
  ),
  read(
    'error event in the stream',
    { ...answer, fault: { kind: 'error', afterChunks: 2, error: { status: 503 } } },
    collect,
    [{ name, outcome: 'failed', firstChunk: true, errorType: 'UNAVAILABLE' }],
  ),
  read(
    'stream that ends without its end',
    { ...answer, fault: { kind: 'end', afterChunks: 2 } },
    collect,
    [incomplete],
  ),
  read(
    'broken event in the stream',
    { ...answer, fault: { kind: 'malformed', afterChunks: 1 } },
    collect,
    // The client passes it on as it is.
    [incomplete],
    {
      spansOn: ({ isRecent }) =>
        isRecent
          ? undefined
          : [{ name, outcome: 'failed', firstChunk: true, errorType: 'SyntaxError' }],
    },
  ),
];
