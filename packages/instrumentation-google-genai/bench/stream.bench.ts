import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { compareAdded } from '@llm-otel/tooling/bench';
import { GoogleGenAI } from '@google/genai';
import { instrument } from '../src/index.ts';

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
trace.setGlobalTracerProvider(new TracerProvider({}));

const CHUNKS = 1000;
const chunk = (more: object): string => {
  const candidate = { content: { role: 'model', parts: [{ text: 'word ' }] }, index: 0, ...more };
  return `data: ${JSON.stringify({ candidates: [candidate], modelVersion: 'gemini-2.5-flash' })}\n\n`;
};
const bytes = new TextEncoder().encode(
  chunk({}).repeat(CHUNKS - 1) + chunk({ finishReason: 'STOP' }),
);

const options = {
  apiKey: 'none',
  httpOptions: {
    fetch: () =>
      Promise.resolve(new Response(bytes, { headers: { 'content-type': 'text/event-stream' } })),
  },
};
const ask = { model: 'gemini-2.5-flash', contents: 'Where is my parcel?' };
const bare = new GoogleGenAI(options);
const observed = instrument(new GoogleGenAI(options));

async function read(client: GoogleGenAI): Promise<number> {
  let count = 0;
  for await (const _ of await client.models.generateContentStream(ask)) count++;
  return count;
}

compareAdded({
  id: 'I2',
  title: `one chunk of a stream of ${CHUNKS}`,
  bare: () => read(bare),
  observed: () => read(observed),
  operations: CHUNKS,
  floor: 1000,
  stretch: 300,
});
