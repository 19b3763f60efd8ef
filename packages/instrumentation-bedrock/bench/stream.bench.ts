import { crc32 } from 'node:zlib';
import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { compareAdded } from '@llm-otel/tooling/bench';
import {
  BedrockRuntimeClient,
  ConverseStreamCommand,
  InvokeModelWithResponseStreamCommand,
} from '@aws-sdk/client-bedrock-runtime';
import { instrument } from '../src/index.ts';
import { answering } from './in-memory.ts';

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
trace.setGlobalTracerProvider(new TracerProvider({}));

const CHUNKS = 1000;
const modelId = 'us.anthropic.claude-opus-4-8';

/** A message of Amazon's: lengths, their checksum, headers, the payload, the checksum of all. */
function message(event: string, data: unknown): Buffer {
  const payload = Buffer.from(JSON.stringify(data));
  const head = Buffer.concat(
    [
      [':event-type', event],
      [':content-type', 'application/json'],
      [':message-type', 'event'],
    ].map(([name = '', value = '']) =>
      Buffer.concat([
        Buffer.from([name.length]),
        Buffer.from(name),
        Buffer.from([7, 0, value.length]),
        Buffer.from(value),
      ]),
    ),
  );
  const whole = Buffer.alloc(16 + head.length + payload.length);
  whole.writeUInt32BE(whole.length, 0);
  whole.writeUInt32BE(head.length, 4);
  whole.writeUInt32BE(crc32(whole.subarray(0, 8)), 8);
  head.copy(whole, 12);
  payload.copy(whole, 12 + head.length);
  whole.writeUInt32BE(crc32(whole.subarray(0, whole.length - 4)), whole.length - 4);
  return whole;
}

const chunk = (data: unknown): Buffer =>
  message('chunk', { bytes: Buffer.from(JSON.stringify(data)).toString('base64') });

const converse = Buffer.concat([
  ...Array.from({ length: CHUNKS }, () =>
    message('contentBlockDelta', { delta: { text: 'word ' }, contentBlockIndex: 0 }),
  ),
  message('messageStop', { stopReason: 'end_turn' }),
]);
const invoke = Buffer.concat([
  ...Array.from({ length: CHUNKS }, () =>
    chunk({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'word ' } }),
  ),
  chunk({
    type: 'message_stop',
    'amazon-bedrock-invocationMetrics': { inputTokenCount: 12, outputTokenCount: 5 },
  }),
]);

async function read(stream: AsyncIterable<unknown> | undefined): Promise<number> {
  let count = 0;
  for await (const _ of stream ?? []) count++;
  return count;
}

const calls = {
  converse: async (client: BedrockRuntimeClient) =>
    read((await client.send(new ConverseStreamCommand({ modelId, messages: [] }))).stream),
  invoke: async (client: BedrockRuntimeClient) =>
    read(
      (await client.send(new InvokeModelWithResponseStreamCommand({ modelId, body: '{}' }))).body,
    ),
};

for (const [what, bytes] of [
  ['converse', converse],
  ['invoke', invoke],
] as const) {
  const made = answering(bytes, 'application/vnd.amazon.eventstream');
  const bare = new BedrockRuntimeClient(made);
  const observed = instrument(new BedrockRuntimeClient(made));

  compareAdded({
    id: `I2 ${what}`,
    title: `one chunk of a stream of ${CHUNKS}`,
    bare: () => calls[what](bare),
    observed: () => calls[what](observed),
    operations: CHUNKS,
    floor: 1000,
    stretch: 300,
  });
}
