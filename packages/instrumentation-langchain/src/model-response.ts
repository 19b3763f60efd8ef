import { finishReasonFrom, type InferenceResponse, type Usage } from '@llm-otel/llm-conventions';
import { readList, readMember, readNumber, readString } from '@llm-otel/llm-conventions/client';
import { messageOf } from './messages.ts';

/** What came back, of the `LLMResult` that LangChain gives to its callbacks. */
export function modelResponse(output: unknown, recordsContent: boolean): InferenceResponse {
  const generations = readList(output, 'generations').flatMap((choices) =>
    Array.isArray(choices) ? (choices as unknown[]) : [],
  );
  const message = readMember(generations[0], 'message');
  const metadata = readMember(message, 'response_metadata');
  const id = readString(message, 'id');
  return {
    // Without an id of the provider, LangChain makes one up of that of the run.
    id: id !== undefined && /^(run|lc_run)-/.test(id) ? undefined : id,
    model: readString(metadata, 'model_name') ?? readString(metadata, 'model'),
    serviceTier: readString(metadata, 'service_tier'),
    usage: usageOf(message, output),
    finishReasons: finishReasons(generations),
    ...(recordsContent && {
      outputMessages: generations.flatMap((generation) => {
        const said = messageOf(readMember(generation, 'message'));
        const text = readString(generation, 'text') ?? '';
        return [said ?? { role: 'assistant', parts: [{ type: 'text', content: text }] }];
      }),
    }),
  };
}

function finishReasons(generations: readonly unknown[]): string[] | undefined {
  const reasons = generations.flatMap((generation) => {
    const metadata = readMember(readMember(generation, 'message'), 'response_metadata');
    const info = readMember(generation, 'generationInfo');
    const reason = [metadata, info]
      .flatMap((from) => [
        readString(from, 'finish_reason'),
        readString(from, 'stop_reason'),
        readString(from, 'finishReason'),
      ])
      .find((word) => word !== undefined);
    const known = finishReasonFrom(reason);
    return known === undefined ? [] : [known];
  });
  return reasons.length === 0 ? undefined : reasons;
}

/** `usage_metadata` is the same for every provider; older models report totals only, in another place. */
function usageOf(message: unknown, output: unknown): Usage | undefined {
  const usage = readMember(message, 'usage_metadata');
  if (usage !== undefined) {
    const input = readMember(usage, 'input_token_details');
    const made = readMember(usage, 'output_token_details');
    return {
      inputTokens: readNumber(usage, 'input_tokens'),
      outputTokens: readNumber(usage, 'output_tokens'),
      cacheReadTokens: readNumber(input, 'cache_read'),
      cacheWriteTokens: readNumber(input, 'cache_creation'),
      audioInputTokens: readNumber(input, 'audio'),
      audioOutputTokens: readNumber(made, 'audio'),
      reasoningTokens: readNumber(made, 'reasoning'),
    };
  }
  const totals = readMember(readMember(output, 'llmOutput'), 'tokenUsage');
  return totals === undefined
    ? undefined
    : {
        inputTokens: readNumber(totals, 'promptTokens'),
        outputTokens: readNumber(totals, 'completionTokens'),
      };
}
