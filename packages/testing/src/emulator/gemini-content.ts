import { type ModelRequest, textOf } from './model-request.ts';
import { argumentsOf, type ResolvedReply, tokens } from './resolved-reply.ts';
import type { RenderedReply } from './stream-frame.ts';

type Json = Readonly<Record<string, unknown>>;

const finishReasons: Readonly<Record<ResolvedReply['finishReason'], string>> = {
  stop: 'STOP',
  length: 'MAX_TOKENS',
  // Gemini has no word for it.
  tool_calls: 'STOP',
  content_filter: 'SAFETY',
};

/** Google's `POST …:generateContent` and `:streamGenerateContent`. */
export function renderGeneratedContent(reply: ResolvedReply): RenderedReply {
  const head = { modelVersion: reply.model, responseId: `resp-${reply.serial}` };
  const calls = reply.toolCalls.map((call) => ({
    functionCall: { ...(call.id && { id: call.id }), name: call.name, args: argumentsOf(call) },
  }));
  const thoughts = reply.reasoning.map((text) => ({ text, thought: true }));
  const usage = { usageMetadata: usageOf(reply) };
  const finishReason = finishReasons[reply.finishReason];
  const candidate = (parts: readonly Json[], more: Json = {}): Json => ({
    candidates: [{ content: { parts, role: 'model' }, index: 0, ...more }],
  });
  if (isRefused(reply)) {
    const { promptTokenCount } = usageOf(reply);
    const refusal = {
      promptFeedback: { blockReason: 'SAFETY' },
      usageMetadata: { promptTokenCount, totalTokenCount: promptTokenCount },
      ...head,
    };
    return { body: refusal, frames: () => [{ data: refusal }], errorFrame };
  }
  const thought = thoughts.map(({ text }) => text).join('');
  const parts = [
    ...(thought === '' ? [] : [{ text: thought, thought: true }]),
    ...(reply.text === '' && calls.length > 0 ? [] : [{ text: reply.text }]),
    ...calls,
  ];
  return {
    body: { ...candidate(parts, { finishReason }), ...usage, ...head },
    frames: () => [
      ...thoughts.map((part) => ({ data: { ...candidate([part]), ...head } })),
      ...reply.pieces.map((text) => ({
        data: { ...candidate([{ text }]), ...head },
        content: true,
      })),
      // A call comes whole.
      ...calls.map((part) => ({ data: { ...candidate([part]), ...head }, content: true })),
      { data: { ...candidate([{ text: '' }], { finishReason }), ...usage, ...head } },
    ],
    errorFrame,
  };
}

/** A prompt that is blocked has no candidates. */
function isRefused({ finishReason, text, toolCalls }: ResolvedReply): boolean {
  return finishReason === 'content_filter' && text === '' && toolCalls.length === 0;
}

function errorFrame(body: Json): { readonly data: Json } {
  return { data: body };
}

function usageOf({ usage }: ResolvedReply): Json {
  const { inputTokens, outputTokens, reasoningTokens, cacheReadTokens } = usage;
  return {
    promptTokenCount: inputTokens,
    // Thoughts are counted by themselves.
    candidatesTokenCount: outputTokens - reasoningTokens,
    totalTokenCount: inputTokens + outputTokens,
    ...(cacheReadTokens > 0 && { cachedContentTokenCount: cacheReadTokens }),
    promptTokensDetails: [{ modality: 'TEXT', tokenCount: inputTokens }],
    ...(reasoningTokens > 0 && { thoughtsTokenCount: reasoningTokens }),
  };
}

/** Google's `POST …:countTokens`. */
export function renderContentTokens({ body }: Pick<ModelRequest, 'body'>): Json {
  return { totalTokens: tokens(textOf(body['contents'])) };
}
