import type { ResolvedReply } from './resolved-reply.ts';
import type { RenderedReply, StreamFrame } from './stream-frame.ts';

type Json = Readonly<Record<string, unknown>>;

const stopReasons: Readonly<Record<ResolvedReply['finishReason'], string>> = {
  stop: 'end_turn',
  length: 'max_tokens',
  tool_calls: 'tool_use',
  content_filter: 'content_filtered',
};

/** Milliseconds: fixed, so that answers are the same in every run. */
export const LATENCY_MILLIS = 250;

/** Amazon Bedrock's `POST /model/{modelId}/converse` and `/converse-stream`. Models of the Nova family invoked as they are have the same. */
export function renderConverse(reply: ResolvedReply): RenderedReply {
  const blocks = contentBlocks(reply);
  const stopReason = stopReasons[reply.finishReason];
  const usage = usageOf(reply);
  const metrics = { latencyMs: LATENCY_MILLIS };
  return {
    body: {
      output: { message: { role: 'assistant', content: blocks.map(({ block }) => block) } },
      stopReason,
      usage,
      metrics,
    },
    frames: () => [
      frame('messageStart', { role: 'assistant' }),
      ...blocks.flatMap(blockFrames),
      frame('messageStop', { stopReason }),
      frame('metadata', { usage, metrics }),
    ],
    errorFrame: exceptionFrame,
  };
}

/** An error in the middle of a stream: its type is the name of the message. */
export function exceptionFrame(body: Json): StreamFrame {
  const { type, ...data } = body;
  return { event: String(type), data, isException: true };
}

interface Block {
  readonly block: Json;
  /** Only a tool call is announced. */
  readonly start?: Json;
  readonly deltas: readonly Json[];
}

function blockFrames({ start, deltas }: Block, index: number): StreamFrame[] {
  return [
    ...(start === undefined
      ? []
      : [frame('contentBlockStart', { start, contentBlockIndex: index })]),
    ...deltas.map((delta) =>
      frame(
        'contentBlockDelta',
        { delta, contentBlockIndex: index },
        !('signature' in Object(delta['reasoningContent'])),
      ),
    ),
    frame('contentBlockStop', { contentBlockIndex: index }),
  ];
}

function contentBlocks(reply: ResolvedReply): Block[] {
  const blocks: Block[] = [];
  if (reply.reasoning.length > 0) blocks.push(reasoningBlock(reply.reasoning));
  if (reply.text !== '' || reply.toolCalls.length === 0)
    blocks.push({ block: { text: reply.text }, deltas: reply.pieces.map((text) => ({ text })) });
  for (const [index, call] of reply.toolCalls.entries()) {
    const toolUseId = call.id ?? `tooluse_${reply.serial}_${index}`;
    blocks.push({
      block: { toolUse: { toolUseId, name: call.name, input: parsed(call.arguments) } },
      start: { toolUse: { toolUseId, name: call.name } },
      deltas: call.pieces.map((input) => ({ toolUse: { input } })),
    });
  }
  return blocks;
}

function reasoningBlock(pieces: readonly string[]): Block {
  const text = pieces.join('');
  const signature = Buffer.from(text).toString('base64');
  return {
    block: { reasoningContent: { reasoningText: { text, signature } } },
    deltas: [
      ...pieces.map((piece) => ({ reasoningContent: { text: piece } })),
      { reasoningContent: { signature } },
    ],
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return json;
  }
}

/** Input is counted without what the cache was read and written for. */
function usageOf({ usage }: ResolvedReply): Json {
  const { cacheReadTokens, cacheWriteTokens, cacheWriteOneHourTokens, outputTokens } = usage;
  return {
    inputTokens: Math.max(0, usage.inputTokens - cacheReadTokens - cacheWriteTokens),
    outputTokens,
    totalTokens: usage.inputTokens + outputTokens,
    cacheReadInputTokens: cacheReadTokens,
    cacheWriteInputTokens: cacheWriteTokens,
    ...(cacheWriteOneHourTokens > 0 && {
      cacheDetails: [{ ttl: '1h', inputTokens: cacheWriteOneHourTokens }],
    }),
  };
}

function frame(event: string, data: Json, content: boolean = false): StreamFrame {
  return { event, data, content };
}
