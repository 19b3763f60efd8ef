import { getEventListeners } from 'node:events';
import { CallbackManager } from '@langchain/core/callbacks/manager';
import type { BaseCallbackHandler } from '@langchain/core/callbacks/base';
import { Document } from '@langchain/core/documents';
import { BaseChatModel } from '@langchain/core/language_models/chat_models';
import { StringOutputParser } from '@langchain/core/output_parsers';
import { ChatPromptTemplate } from '@langchain/core/prompts';
import { BaseRetriever } from '@langchain/core/retrievers';
import { RunnableLambda, RunnableParallel } from '@langchain/core/runnables';
import { tool } from '@langchain/core/tools';
import { AsyncLocalStorageProviderSingleton } from '@langchain/core/singletons';
import { FakeLLM } from '@langchain/core/utils/testing';
import {
  AsyncLocalStorageProviderSingleton as Provider0,
  FakeListChatModel as FakeListChatModel0,
  RunnableLambda as RunnableLambda0,
  RunnableSequence as RunnableSequence0,
} from '@llm-otel/langchain-0';
import { checkConformance } from '@llm-otel/llm-conventions/conformance';
import { fakeClock } from '@llm-otel/testing';
import { diag, type DiagLogger, trace, type Tracer } from '@opentelemetry/api';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import { followProvider, unfollowProvider } from '../src/active-context.ts';
import { createLangChainHandler, instrument } from '../src/index.ts';
import { unwrapClasses } from '../src/wrap-classes.ts';
import { spanLines } from './lines.ts';
import { modelFor } from './model-for.ts';
import { observeOpenAi } from './observe-openai.ts';
import { startRecording } from './recording.ts';

const classes = { CallbackManager, BaseChatModel, AsyncLocalStorageProviderSingleton };
const usage = { inputTokens: 12, outputTokens: 5 };
const ownSpan = (name: string): void => trace.getTracer('application').startSpan(name).end();
const prompt = ChatPromptTemplate.fromTemplate('Where is {what}?');

/** As an application passes it. */
function callbacks(options = {}): BaseCallbackHandler[] {
  return [createLangChainHandler(options) as unknown as BaseCallbackHandler];
}

describe('chains', () => {
  test('a sequence, its parts and its model', async () => {
    const recorder = startRecording();
    const chain = prompt
      .pipe(await modelFor([{ text: 'Lyon', usage }]))
      .pipe(new StringOutputParser());

    expect(await chain.invoke({ what: 'it' }, { callbacks: callbacks() })).toBe('Lyon');

    expect(spanLines(recorder)).toEqual([
      'RunnableSequence',
      '  ChatPromptTemplate',
      '  chat gpt-5-mini',
      '  StrOutputParser',
    ]);
  });

  test('what runs at the same time keeps its own children, also below spans of the application', async () => {
    const recorder = startRecording();
    const branch = (name: string) =>
      RunnableLambda.from(async () => {
        await Promise.resolve();
        ownSpan(`in ${name}`);
        return name;
      }).withConfig({ runName: name });
    followProvider(AsyncLocalStorageProviderSingleton);
    onTestFinished(() => unfollowProvider(AsyncLocalStorageProviderSingleton));
    const chain = RunnableParallel.from({ left: branch('left'), right: branch('right') });

    await trace.getTracer('application').startActiveSpan('request', async (span) => {
      await chain.invoke({}, { callbacks: callbacks() });
      span.end();
    });

    const lines = spanLines(recorder);
    expect(lines.slice(0, 2)).toEqual(['request', '  RunnableMap']);
    expect(lines[lines.indexOf('    left') + 1]).toBe('      in left');
    expect(lines[lines.indexOf('    right') + 1]).toBe('      in right');
  });

  test('a lambda that throws fails, and all around it', async () => {
    const recorder = startRecording();
    const broken = new RangeError('no');
    const chain = RunnableLambda.from((given: string) => given).pipe(
      RunnableLambda.from(() => {
        throw broken;
      }),
    );

    await expect(chain.invoke('x', { callbacks: callbacks() })).rejects.toBe(broken);

    expect(spanLines(recorder)).toEqual([
      'RunnableSequence ! RangeError',
      '  RunnableLambda',
      '  RunnableLambda ! RangeError',
    ]);
    const events = recorder.spans.flatMap((span) => span.events);
    expect(events.map(({ name }) => name)).toEqual(['exception']);
  });
});

describe('models', () => {
  test('a stream: time of the first token, tokens, reason', async () => {
    const recorder = startRecording();
    const model = await modelFor([{ text: ['On ', 'its ', 'way'], usage }]);

    const chunks: string[] = [];
    for await (const chunk of await model.stream('where?', { callbacks: callbacks() }))
      chunks.push(chunk.content as string);

    expect(chunks.join('')).toBe('On its way');
    const [span] = recorder.spans;
    expect(span?.attributes).toMatchObject({
      'gen_ai.request.stream': true,
      'gen_ai.response.time_to_first_chunk': expect.any(Number) as number,
      'gen_ai.usage.input_tokens': 12,
      'gen_ai.usage.output_tokens': 5,
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.provider.name': 'openai',
    });
    expect(recorder.openSpans).toEqual([]);
  });

  test('the time to the first chunk is until a reader gets it, however long it takes to ask for the next one', async () => {
    const recorder = startRecording();
    const clock = fakeClock();
    instrument(classes, { clock });
    onTestFinished(() => unwrapClasses(classes));
    const model = await modelFor([{ text: ['Ly', 'on'], usage }]);

    for await (const _ of model._streamIterator('where?')) await clock.advance(5000);

    expect(recorder.spans[0]?.attributes).toMatchObject({
      'gen_ai.request.stream': true,
      'gen_ai.response.time_to_first_chunk': 0,
    });
  });

  test('an error of the provider is that of the call', async () => {
    const recorder = startRecording();
    const model = await modelFor([{ error: { status: 401 } }]);

    await expect(model.invoke('x', { callbacks: callbacks() })).rejects.toThrow();

    expect(recorder.spans[0]?.status.code).toBe(2);
    expect(recorder.spans[0]?.attributes['http.response.status_code']).toBe(401);
    expect(recorder.openSpans).toEqual([]);
  });

  test('an abort ends the call', async () => {
    const recorder = startRecording();
    const model = await modelFor([{ text: ['a', 'b', 'c', 'd'], usage }]);
    const controller = new AbortController();

    const read = async (): Promise<void> => {
      const given = { callbacks: callbacks(), signal: controller.signal };
      for await (const _ of await model.stream('x', given)) controller.abort();
    };
    await expect(read()).rejects.toThrow(/abort/i);

    await vi.waitFor(() => expect(recorder.openSpans).toEqual([]));
    expect(recorder.spans[0]?.status.code).toBe(2);
    expect(recorder.spans[0]?.attributes['error.type']).toBe('AbortError');
  });

  test('a call that is over listens to its signal no more', async () => {
    const recorder = startRecording();
    const model = await modelFor([{ text: 'a', usage }]);
    const { signal } = new AbortController();
    const listening = vi.spyOn(signal, 'addEventListener');

    await model.invoke('x', { callbacks: callbacks(), signal });

    expect(recorder.spans[0]?.status.code).not.toBe(2);
    expect(listening).toHaveBeenCalled();
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  test('a model of texts', async () => {
    const recorder = startRecording();
    const model = new FakeLLM({ response: 'Lyon' });

    await model.invoke('where?', { callbacks: callbacks({ content: 'span' }) });

    expect(spanLines(recorder)).toEqual(['text_completion']);
    expect(recorder.spans[0]?.attributes).toMatchObject({
      'gen_ai.input.messages': '[{"role":"user","parts":[{"type":"text","content":"where?"}]}]',
      'gen_ai.output.messages': '[{"role":"assistant","parts":[{"type":"text","content":"Lyon"}]}]',
    });
  });

  test('messages are recorded only where content is on', async () => {
    const recorder = startRecording();
    for (const content of ['none', 'span'] as const) {
      recorder.clear();
      const model = await modelFor([{ toolCalls: [{ name: 'track', arguments: { id: 7 } }] }]);

      await model.invoke(
        [
          ['system', 'be brief'],
          ['human', 'where?'],
        ],
        { callbacks: callbacks({ content }) },
      );

      const attributes = recorder.spans[0]?.attributes ?? {};
      const text = JSON.stringify(attributes);
      expect(text.includes('where?')).toBe(content === 'span');
      expect(text.includes('track')).toBe(content === 'span');
      expect(
        recorder.spans.flatMap(
          (span) => checkConformance(span, { content: content === 'span' }).errors,
        ),
      ).toEqual([]);
    }
  });
});

describe('tools and retrievers', () => {
  test('a tool with its id, arguments and result', async () => {
    const recorder = startRecording();
    const track = tool(({ id }: { id: number }) => `parcel ${id}`, {
      name: 'track',
      description: 'finds',
      schema: z.object({ id: z.number() }),
    });

    await track.invoke(
      { type: 'tool_call', id: 'call_1', name: 'track', args: { id: 7 } },
      { callbacks: callbacks({ content: 'span' }) },
    );

    expect(recorder.spans[0]).toMatchObject({
      name: 'execute_tool track',
      attributes: {
        'gen_ai.tool.call.id': 'call_1',
        'gen_ai.tool.call.arguments': '{"id":7}',
        'gen_ai.tool.call.result': '{"result":"parcel 7"}',
      },
    });
  });

  test('a tool that throws', async () => {
    const recorder = startRecording();
    const broken = tool(
      () => {
        throw new RangeError('no');
      },
      { name: 'broken', description: 'breaks', schema: z.object({}) },
    );

    await expect(broken.invoke({}, { callbacks: callbacks() })).rejects.toThrow('no');

    expect(spanLines(recorder)).toEqual(['execute_tool broken ! RangeError']);
  });

  test('a retriever and what it found', async () => {
    class Shelf extends BaseRetriever {
      lc_namespace = ['test'];
      override async _getRelevantDocuments(query: string): Promise<Document[]> {
        if (query === 'fail') throw new RangeError('no');
        return [new Document({ id: 'd-1', pageContent: 'x', metadata: { score: 0.5 } })];
      }
    }
    const recorder = startRecording();

    await new Shelf().invoke('parcel', { callbacks: callbacks({ content: 'span' }) });
    await expect(new Shelf().invoke('fail', { callbacks: callbacks() })).rejects.toThrow('no');

    expect(spanLines(recorder)).toEqual(['retrieval', 'retrieval ! RangeError']);
    expect(recorder.spans[0]?.attributes).toMatchObject({
      'gen_ai.retrieval.query.text': 'parcel',
      'gen_ai.retrieval.documents': '[{"id":"d-1","score":0.5}]',
    });
  });
});

describe('without a handler in the callbacks', () => {
  function observe(options = {}): void {
    instrument(classes, options);
    onTestFinished(() => unwrapClasses(classes));
  }

  test('every run is observed, once', async () => {
    const recorder = startRecording();
    observe();
    observe();
    const chain = prompt.pipe(await modelFor(() => ({ text: 'Lyon', usage })));

    await chain.invoke({ what: 'it' });
    await chain.invoke({ what: 'it' }, { callbacks: callbacks() });

    const one = ['RunnableSequence', '  ChatPromptTemplate', '  chat gpt-5-mini'];
    expect(spanLines(recorder)).toEqual([...one, ...one]);
  });

  test('a model by itself, with its client observed as well, has one span', async () => {
    const recorder = startRecording();
    observe();
    observeOpenAi();
    const model = await modelFor(() => ({ text: ['Ly', 'on'], usage }));

    await model.invoke('where?');
    for await (const _ of await model.stream('where?'));
    for await (const _ of await model.stream('where?')) break;

    expect(spanLines(recorder)).toEqual(['chat gpt-5-mini', 'chat gpt-5-mini', 'chat gpt-5-mini']);
    expect(recorder.openSpans).toEqual([]);
    expect(recorder.spans[2]?.attributes['llm_otel.stream.outcome']).toBe('cancelled');
    expect(new Set(recorder.spans.map((span) => span.instrumentationScope.name)).size).toBe(1);
  });

  test('a model in a chain, with its client observed as well, has one span, below the chain', async () => {
    const recorder = startRecording();
    observe();
    observeOpenAi();
    const model = await modelFor(() => ({ text: ['Ly', 'on'], usage }));
    const chain = prompt.pipe(model);

    await chain.invoke({ what: 'it' });
    await chain.batch([{ what: 'it' }, { what: 'it' }]);
    for await (const _ of await chain.stream({ what: 'it' }));
    for await (const _ of chain.streamEvents({ what: 'it' }, { version: 'v2' }));

    const chats = recorder.spans.filter(({ name }) => name === 'chat gpt-5-mini');
    const chains = recorder.spans.filter(({ name }) => name === 'RunnableSequence');
    expect([chats.length, chains.length]).toEqual([5, 5]);
    expect(new Set(chats.map((span) => span.parentSpanContext?.spanId))).toEqual(
      new Set(chains.map((span) => span.spanContext().spanId)),
    );
    expect(recorder.openSpans).toEqual([]);
  });

  test('a library that is not known is told', () => {
    const warn = vi.fn<(...words: unknown[]) => void>();
    diag.setLogger({ warn } as unknown as DiagLogger);
    onTestFinished(() => diag.disable());

    instrument({ CallbackManager: {} });

    expect(warn.mock.calls[0]?.[0]).toContain('a CallbackManager that it does not know');
  });
});

test('the same handler in @langchain/core 0.3', async () => {
  const recorder = startRecording();
  followProvider(Provider0);
  onTestFinished(() => unfollowProvider(Provider0));
  const chain = RunnableSequence0.from([
    RunnableLambda0.from((given: string) => {
      ownSpan('own work');
      return given;
    }),
    new FakeListChatModel0({ responses: ['Lyon'] }),
  ]);

  await chain.invoke('where?', { callbacks: callbacks({ content: 'span' }) as never });

  expect(spanLines(recorder)).toEqual([
    'RunnableSequence',
    '  RunnableLambda',
    '    own work',
    '  chat',
  ]);
  expect(recorder.spans.find(({ name }) => name === 'chat')?.attributes).toMatchObject({
    'gen_ai.output.messages': '[{"role":"assistant","parts":[{"type":"text","content":"Lyon"}]}]',
  });
});

describe('what goes wrong stays in here', () => {
  test('telemetry that throws fails no run', async () => {
    const broken = (): never => {
      throw new Error('telemetry is broken');
    };
    const tracer = { startSpan: broken, startActiveSpan: broken } as unknown as Tracer;
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    onTestFinished(() => warn.mockRestore());
    const chain = prompt.pipe(await modelFor([{ text: 'Lyon', usage }]));

    const answer = await chain.invoke({ what: 'it' }, { callbacks: callbacks({ tracer }) });

    expect(answer.content).toBe('Lyon');
    expect(warn).not.toHaveBeenCalled();
  });

  test('runs that never end are bounded in number and age', async () => {
    const recorder = startRecording();
    const clock = fakeClock();
    const handler = createLangChainHandler({ clock, runTimeoutMillis: 1000 });
    const start = (id: string): void =>
      handler.handleChainStart({ id: ['a'] }, {}, id, undefined, [], {}, undefined, 'chain');

    for (let index = 0; index < 10_005; index++) start(`run-${index}`);
    expect(recorder.openSpans.length).toBe(10_000);
    await clock.advance(1001);
    start('last');

    expect(recorder.openSpans.length).toBe(1);
    expect(recorder.spans[0]?.attributes['error.type']).toBe('timeout');
  });

  test('callbacks that make no sense are no error', () => {
    const recorder = startRecording();
    const handler = createLangChainHandler({ content: 'span' });
    const nothing = undefined as never;

    handler.handleChainEnd(nothing, 'unknown');
    handler.handleChainError(nothing, 'unknown');
    handler.handleLLMNewToken('', nothing, 'unknown');
    handler.handleChainStart(nothing, nothing, 'a');
    handler.handleChatModelStart(nothing, [[null, 7, {}, []]] as never, 'b', 'a');
    handler.handleToolStart(nothing, nothing, 'c', 'a');
    handler.handleRetrieverStart(nothing, nothing, 'd', 'a');
    handler.handleLLMEnd({ generations: [[null], 7] }, 'b');
    handler.handleToolEnd(null, 'c');
    handler.handleRetrieverEnd(nothing, 'd');
    handler.handleChainEnd(null, 'a');

    expect(recorder.openSpans).toEqual([]);
    expect(recorder.spans).toHaveLength(4);
  });
});
