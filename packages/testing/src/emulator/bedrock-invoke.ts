import { renderMessages } from './anthropic-messages.ts';
import { exceptionFrame, LATENCY_MILLIS, renderConverse } from './bedrock-converse.ts';
import { modelOnBedrock } from './bedrock-request.ts';
import { textModelOf } from './bedrock-text-models.ts';
import type { ModelRequest } from './model-request.ts';
import { renderChat } from './openai-chat.ts';
import type { ResolvedReply } from './resolved-reply.ts';
import type { RenderedReply, StreamFrame } from './stream-frame.ts';

type Json = Readonly<Record<string, unknown>>;

/** What a model says in its own words: one body, and the chunks of a stream. */
export interface NativeReply {
  readonly body: Json;
  readonly chunks: () => readonly { readonly data: Json; readonly content?: boolean }[];
}

/** Amazon Bedrock's `POST /model/{modelId}/invoke` and `/invoke-with-response-stream`: each model in its own words. */
export function renderInvoke(reply: ResolvedReply, request: ModelRequest): RenderedReply {
  const { body, chunks } = nativeReply(reply, request);
  return {
    body,
    headers: countsOf(reply),
    frames: () => {
      const all = chunks();
      return all.map(({ data, content = false }, index): StreamFrame => {
        // The last chunk of every model has Bedrock's own counts.
        const whole = index === all.length - 1 ? { ...data, ...invocationMetrics(reply) } : data;
        const bytes = Buffer.from(JSON.stringify(whole)).toString('base64');
        return { event: 'chunk', data: { bytes }, content };
      });
    },
    errorFrame: exceptionFrame,
  };
}

function nativeReply(reply: ResolvedReply, request: ModelRequest): NativeReply {
  const model = modelOnBedrock(request.model);
  const textModel = textModelOf(model, request.body);
  if (textModel !== undefined) return textModel(reply);
  if (model.startsWith('anthropic.')) return framesAsChunks(renderMessages(reply), (data) => data);
  if (model.startsWith('amazon.nova'))
    return framesAsChunks(renderConverse(reply), (data, event) => ({ [event]: data }));
  return framesAsChunks(renderChat(reply, request), (data) => data);
}

function framesAsChunks(
  { body, frames }: RenderedReply,
  wrap: (data: Json, event: string) => Json,
): NativeReply {
  return {
    body,
    chunks: () =>
      frames()
        // Neither pings nor the last line of OpenAI's streams are passed on.
        .filter(({ event, data }) => event !== 'ping' && typeof data === 'object')
        .map(({ event = '', data, content = false }) => ({
          data: wrap(data as Json, event),
          content,
        })),
  };
}

function countsOf({ usage }: ResolvedReply): Readonly<Record<string, string>> {
  const { cacheReadTokens, cacheWriteTokens } = usage;
  return {
    'x-amzn-bedrock-invocation-latency': String(LATENCY_MILLIS),
    'x-amzn-bedrock-input-token-count': String(
      usage.inputTokens - cacheReadTokens - cacheWriteTokens,
    ),
    'x-amzn-bedrock-output-token-count': String(usage.outputTokens),
    ...(cacheReadTokens + cacheWriteTokens > 0 && {
      'x-amzn-bedrock-cache-read-input-token-count': String(cacheReadTokens),
      'x-amzn-bedrock-cache-write-input-token-count': String(cacheWriteTokens),
    }),
  };
}

function invocationMetrics({ usage }: ResolvedReply): Json {
  const { cacheReadTokens, cacheWriteTokens } = usage;
  return {
    'amazon-bedrock-invocationMetrics': {
      inputTokenCount: usage.inputTokens - cacheReadTokens - cacheWriteTokens,
      outputTokenCount: usage.outputTokens,
      invocationLatency: LATENCY_MILLIS,
      firstByteLatency: LATENCY_MILLIS / 2,
      ...(cacheReadTokens + cacheWriteTokens > 0 && {
        cacheReadInputTokenCount: cacheReadTokens,
        cacheWriteInputTokenCount: cacheWriteTokens,
      }),
    },
  };
}
