import { type ModelRequest, textOf } from './model-request.ts';
import { argumentsOf, type ResolvedReply, tokens } from './resolved-reply.ts';
import type { RenderedReply, StreamFrame } from './stream-frame.ts';

type Json = Readonly<Record<string, unknown>>;

const stopReasons: Readonly<Record<ResolvedReply['finishReason'], string>> = {
  stop: 'end_turn',
  length: 'max_tokens',
  tool_calls: 'tool_use',
  content_filter: 'refusal',
};

/** Anthropic's `POST /v1/messages/count_tokens`. */
export function renderTokenCount({ body }: Pick<ModelRequest, 'body'>): Json {
  return { input_tokens: tokens(textOf(body['messages'])) };
}

/** Anthropic's `POST /v1/messages`. */
export function renderMessages(reply: ResolvedReply): RenderedReply {
  const blocks = contentBlocks(reply);
  const message = {
    id: `msg_${reply.serial}`,
    type: 'message',
    role: 'assistant',
    model: reply.model,
    content: blocks.map(({ block }) => block),
    stop_reason: stopReasons[reply.finishReason],
    stop_sequence: null,
    usage: usageOf(reply, reply.usage.outputTokens),
  };
  return {
    body: message,
    frames: () => [
      frame('message_start', {
        // One token is counted from the start, the others in message_delta.
        message: { ...message, content: [], stop_reason: null, usage: usageOf(reply, 1) },
      }),
      frame('ping', {}),
      ...blocks.flatMap(blockFrames),
      frame('message_delta', {
        delta: { stop_reason: message.stop_reason, stop_sequence: null },
        usage: message.usage,
      }),
      frame('message_stop', {}),
    ],
    errorFrame: (body) => ({ event: 'error', data: body }),
  };
}

function blockFrames({ start, deltas }: Block, index: number): StreamFrame[] {
  const frames = deltas.map((delta) =>
    // The first piece of a tool's input is always empty and carries nothing, nor does a signature.
    frame(
      'content_block_delta',
      { index, delta },
      delta['partial_json'] !== '' && !('signature' in delta),
    ),
  );
  frames.unshift(frame('content_block_start', { index, content_block: start }));
  frames.push(frame('content_block_stop', { index }));
  return frames;
}

interface Block {
  /** The finished block. */
  readonly block: Json;
  /** The block as it is announced. */
  readonly start: Json;
  readonly deltas: readonly Json[];
}

function contentBlocks(reply: ResolvedReply): Block[] {
  const blocks: Block[] = [];
  if (reply.reasoning.length > 0) blocks.push(thinkingBlock(reply.reasoning));
  if (reply.text !== '' || reply.toolCalls.length === 0)
    blocks.push({
      block: { type: 'text', text: reply.text, citations: null },
      start: { type: 'text', text: '', citations: null },
      deltas: reply.pieces.map((text) => ({ type: 'text_delta', text })),
    });
  for (const [index, call] of reply.toolCalls.entries()) {
    const { name, pieces } = call;
    const tool = { type: 'tool_use', id: call.id ?? `toolu_${reply.serial}_${index}`, name };
    blocks.push({
      block: { ...tool, input: argumentsOf(call) },
      start: { ...tool, input: {} },
      deltas: ['', ...pieces].map((json) => ({ type: 'input_json_delta', partial_json: json })),
    });
  }
  return blocks;
}

function thinkingBlock(pieces: readonly string[]): Block {
  // What a client sends back, so that the model knows its own thoughts.
  const signature = Buffer.from(pieces.join('')).toString('base64');
  return {
    block: { type: 'thinking', thinking: pieces.join(''), signature },
    start: { type: 'thinking', thinking: '', signature: '' },
    deltas: [
      ...pieces.map((thinking) => ({ type: 'thinking_delta', thinking })),
      { type: 'signature_delta', signature },
    ],
  };
}

function usageOf({ usage }: ResolvedReply, outputTokens: number): Json {
  const { cacheReadTokens, cacheWriteTokens, cacheWriteOneHourTokens } = usage;
  return {
    input_tokens: Math.max(0, usage.inputTokens - cacheReadTokens - cacheWriteTokens),
    cache_creation_input_tokens: cacheWriteTokens,
    cache_creation: {
      ephemeral_5m_input_tokens: cacheWriteTokens - cacheWriteOneHourTokens,
      ephemeral_1h_input_tokens: cacheWriteOneHourTokens,
    },
    cache_read_input_tokens: cacheReadTokens,
    output_tokens: outputTokens,
    output_tokens_details: { thinking_tokens: usage.reasoningTokens },
    server_tool_use: null,
    service_tier: 'standard',
  };
}

function frame(type: string, data: Json, content: boolean = false): StreamFrame {
  return { event: type, data: { type, ...data }, content };
}
