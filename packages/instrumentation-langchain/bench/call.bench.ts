import { FakeListChatModel } from '@langchain/core/utils/testing';
import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { compare } from '@llm-otel/tooling/bench';
import { createLangChainHandler } from '../src/index.ts';

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
const tracer = new TracerProvider({}).getTracer('bench');
const model = new FakeListChatModel({ responses: ['On its way.'] });
const silent = { name: 'silent', awaitHandlers: true, copy: () => silent };
const withSilent = { callbacks: [silent as never] };
const observed = { callbacks: [createLangChainHandler({ tracer }) as never] };

compare({
  id: 'I1 langchain',
  title: 'one call of a model from memory, against a handler that does nothing',
  baseline: { name: 'empty handler', run: () => model.invoke('where?', withSilent) },
  ours: { name: 'handler', run: () => model.invoke('where?', observed) },
  floor: { maxExtraNanos: 30_000 },
  stretch: { maxExtraNanos: 10_000 },
});
