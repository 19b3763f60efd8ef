import type { ModelRequest } from './model-request.ts';
import type { ResolvedReply } from './resolved-reply.ts';
import type { RenderedReply, StreamFrame } from './stream-frame.ts';

/** OpenAI's `POST /v1/chat/completions`. */
export function renderChat(reply: ResolvedReply, request: ModelRequest): RenderedReply {
  const id = `chatcmpl-${reply.serial}`;
  const head = { id, created: CREATED, model: reply.model, service_tier: 'default' };
  const toolCalls = reply.toolCalls.map((call, index) => ({
    id: call.id ?? `call_${reply.serial}_${index}`,
    type: 'function',
    function: { name: call.name, arguments: call.arguments },
  }));
  const usage = usageOf(reply);
  return {
    body: {
      ...head,
      object: 'chat.completion',
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            content: reply.text === '' && toolCalls.length > 0 ? null : reply.text,
            refusal: null,
            ...(toolCalls.length > 0 ? { tool_calls: toolCalls } : {}),
          },
          logprobs: null,
          finish_reason: reply.finishReason,
        },
      ],
      usage,
    },
    frames() {
      const options = request.body['stream_options'] as { include_usage?: boolean } | undefined;
      const withUsage = options?.include_usage === true;
      const chunk = (
        choices: readonly unknown[],
        more: { readonly usage?: unknown } = withUsage ? { usage: null } : {},
      ): unknown => ({ ...head, object: 'chat.completion.chunk', choices, ...more });
      const delta = (content: unknown, finishReason: string | null = null): unknown =>
        chunk([{ index: 0, delta: content, logprobs: null, finish_reason: finishReason }]);

      const frames: StreamFrame[] = [
        { data: delta({ role: 'assistant', content: '', refusal: null }) },
        ...reply.pieces.map((content) => ({ data: delta({ content }), content: true })),
      ];
      for (const [index, call] of toolCalls.entries()) {
        const start = { ...call, index, function: { ...call.function, arguments: '' } };
        frames.push({ data: delta({ tool_calls: [start] }) });
        for (const piece of reply.toolCalls[index]?.pieces ?? []) {
          const next = { index, function: { arguments: piece } };
          frames.push({ data: delta({ tool_calls: [next] }), content: true });
        }
      }
      frames.push({ data: delta({}, reply.finishReason) });
      if (withUsage) frames.push({ data: chunk([], { usage }) });
      frames.push({ data: '[DONE]' });
      return frames;
    },
    errorFrame: (body) => ({ data: body }),
  };
}

/** Seconds since the epoch: fixed, so that answers are the same in every run. */
export const CREATED = 1_767_225_600;

function usageOf({ usage }: ResolvedReply): Readonly<Record<string, unknown>> {
  return {
    prompt_tokens: usage.inputTokens,
    completion_tokens: usage.outputTokens,
    total_tokens: usage.inputTokens + usage.outputTokens,
    prompt_tokens_details: {
      cached_tokens: usage.cacheReadTokens,
      cache_write_tokens: usage.cacheWriteTokens,
      audio_tokens: 0,
    },
    completion_tokens_details: {
      reasoning_tokens: usage.reasoningTokens,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}
