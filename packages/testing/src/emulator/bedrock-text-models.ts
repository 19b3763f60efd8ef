import type { NativeReply } from './bedrock-invoke.ts';
import type { ResolvedReply } from './resolved-reply.ts';

type Json = Readonly<Record<string, unknown>>;
type TextModel = (reply: ResolvedReply) => NativeReply;

/** The models that are given a prompt and have an answer of their own form, by the beginning of their id. */
export function textModelOf(model: string, body: Json): TextModel | undefined {
  const isPrompt = 'prompt' in body;
  if (model.startsWith('amazon.titan-text') || model.startsWith('amazon.titan-tg')) return titan;
  if (model.startsWith('meta.llama')) return llama;
  if (model.startsWith('cohere.command-r')) return commandR;
  if (model.startsWith('cohere.command')) return command;
  if (!isPrompt) return model.startsWith('mistral.') ? mistralChat : undefined;
  if (model.startsWith('anthropic.')) return claudeText;
  if (model.startsWith('mistral.')) return mistral;
  return model.startsWith('deepseek.') ? deepSeek : undefined;
}

const reasonWords =
  (words: Readonly<Record<ResolvedReply['finishReason'], string>>) =>
  (reply: ResolvedReply): string =>
    words[reply.finishReason];

const titanReason = reasonWords({
  stop: 'FINISH',
  length: 'LENGTH',
  tool_calls: 'FINISH',
  content_filter: 'CONTENT_FILTERED',
});
const cohereReason = reasonWords({
  stop: 'COMPLETE',
  length: 'MAX_TOKENS',
  tool_calls: 'COMPLETE',
  content_filter: 'ERROR_TOXIC',
});
const plainReason = reasonWords({
  stop: 'stop',
  length: 'length',
  tool_calls: 'tool_calls',
  content_filter: 'stop',
});

/** A chunk for each piece of text; the last one also tells why it ends. */
function pieces(
  reply: ResolvedReply,
  chunk: (text: string, isLast: boolean) => Json,
): NativeReply['chunks'] {
  return () => [
    ...reply.pieces.map((text) => ({ data: chunk(text, false), content: true })),
    { data: chunk('', true) },
  ];
}

function titan(reply: ResolvedReply): NativeReply {
  const { inputTokens, outputTokens } = reply.usage;
  const reason = titanReason(reply);
  return {
    body: {
      inputTextTokenCount: inputTokens,
      results: [{ tokenCount: outputTokens, outputText: reply.text, completionReason: reason }],
    },
    chunks: pieces(reply, (outputText, isLast) => ({
      outputText,
      index: 0,
      totalOutputTextTokenCount: isLast ? outputTokens : null,
      completionReason: isLast ? reason : null,
      inputTextTokenCount: inputTokens,
    })),
  };
}

function llama(reply: ResolvedReply): NativeReply {
  const { inputTokens, outputTokens } = reply.usage;
  const stop = plainReason(reply);
  return {
    body: {
      generation: reply.text,
      prompt_token_count: inputTokens,
      generation_token_count: outputTokens,
      stop_reason: stop,
    },
    chunks: pieces(reply, (generation, isLast) => ({
      generation,
      prompt_token_count: null,
      generation_token_count: isLast ? outputTokens : 1,
      stop_reason: isLast ? stop : null,
    })),
  };
}

function mistral(reply: ResolvedReply): NativeReply {
  const outputs = (text: string, reason: string | null): Json => ({
    outputs: [{ text, stop_reason: reason }],
  });
  return {
    body: outputs(reply.text, plainReason(reply)),
    chunks: pieces(reply, (text, isLast) => outputs(text, isLast ? plainReason(reply) : null)),
  };
}

function mistralChat(reply: ResolvedReply): NativeReply {
  const calls = reply.toolCalls.map(({ id, name, arguments: json }, index) => ({
    id: id ?? `call_${reply.serial}_${index}`,
    function: { name, arguments: json },
  }));
  const choices = (content: string, reason: string | null): Json => ({
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content,
          ...(calls.length > 0 && reason !== null && { tool_calls: calls }),
        },
        stop_reason: reason,
      },
    ],
  });
  return {
    body: choices(reply.text, plainReason(reply)),
    chunks: pieces(reply, (text, isLast) => choices(text, isLast ? plainReason(reply) : null)),
  };
}

function deepSeek(reply: ResolvedReply): NativeReply {
  const choices = (text: string, reason: string | null): Json => ({
    choices: [{ index: 0, text, stop_reason: reason }],
  });
  return {
    body: choices(reply.text, plainReason(reply)),
    chunks: pieces(reply, (text, isLast) => choices(text, isLast ? plainReason(reply) : null)),
  };
}

function claudeText(reply: ResolvedReply): NativeReply {
  const reason = reply.finishReason === 'length' ? 'max_tokens' : 'stop_sequence';
  const completion = (text: string, why: string | null): Json => ({
    type: 'completion',
    completion: text,
    stop_reason: why,
    stop: why === 'stop_sequence' ? '\n\nHuman:' : null,
  });
  return {
    body: completion(reply.text, reason),
    chunks: pieces(reply, (text, isLast) => completion(text, isLast ? reason : null)),
  };
}

function command(reply: ResolvedReply): NativeReply {
  const id = `generation-${reply.serial}`;
  return {
    body: {
      id,
      prompt: 'as asked',
      generations: [{ id, text: reply.text, finish_reason: cohereReason(reply) }],
    },
    chunks: () => [
      ...reply.pieces.map((text) => ({ data: { text, is_finished: false }, content: true })),
      { data: { is_finished: true, finish_reason: cohereReason(reply) } },
    ],
  };
}

function commandR(reply: ResolvedReply): NativeReply {
  const answer = {
    response_id: `response-${reply.serial}`,
    generation_id: `generation-${reply.serial}`,
    text: reply.text,
    finish_reason: cohereReason(reply),
    ...(reply.toolCalls.length > 0 && {
      tool_calls: reply.toolCalls.map(({ name, arguments: json }) => ({
        name,
        parameters: JSON.parse(json) as unknown,
      })),
    }),
  };
  return {
    body: answer,
    chunks: () => [
      {
        data: {
          event_type: 'stream-start',
          is_finished: false,
          generation_id: answer.generation_id,
        },
      },
      ...reply.pieces.map((text) => ({
        data: { event_type: 'text-generation', is_finished: false, text },
        content: true,
      })),
      {
        data: {
          event_type: 'stream-end',
          is_finished: true,
          finish_reason: answer.finish_reason,
          response: answer,
        },
      },
    ],
  };
}
