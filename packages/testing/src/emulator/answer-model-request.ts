import type { ServerResponse } from 'node:http';
import { renderMessages, renderTokenCount } from './anthropic-messages.ts';
import { renderConverse } from './bedrock-converse.ts';
import { renderInvoke } from './bedrock-invoke.ts';
import { renderBedrockEmbeddings, renderBedrockOther } from './bedrock-other.ts';
import { isBedrock } from './bedrock-request.ts';
import { renderContentTokens, renderGeneratedContent } from './gemini-content.ts';
import { renderContentEmbeddings } from './gemini-embeddings.ts';
import { renderInteraction } from './gemini-interactions.ts';
import { renderModelList } from './model-list.ts';
import { isAnthropic, isGemini, isText, type ModelRequest } from './model-request.ts';
import type { ModelReply } from './model-script.ts';
import { renderChat } from './openai-chat.ts';
import { renderEmbeddings } from './openai-embeddings.ts';
import { renderResponses } from './openai-responses.ts';
import { resolveReply } from './resolved-reply.ts';
import { echo, type ScriptBook } from './script-book.ts';
import { breakOff, isSilent, sendBody, sendStream, type Sending } from './send-reply.ts';
import { amazonEventStream, type RenderedReply, serverSentEvents } from './stream-frame.ts';
import { bedrockStreamError, vendorError } from './vendor-error.ts';

export interface AnswerOptions {
  readonly response: ServerResponse;
  readonly pause: Sending['pause'];
  readonly settle: Sending['settle'];
  readonly models: readonly string[];
  readonly strict: boolean;
  readonly latencyMillis: number;
}

/** Answers a request as its script says. */
export async function answerModelRequest(
  request: ModelRequest,
  book: ScriptBook,
  { response, pause, settle, models, strict, latencyMillis }: AnswerOptions,
): Promise<void> {
  const requestId = `req_${String(request.index + 1).padStart(6, '0')}`;
  const scripted = scriptedReply(request, book);
  const unscripted = scripted === undefined && strict && isText(request);
  const reply = unscripted ? noScript(request) : (scripted ?? echo(request));
  const headers = { ...idHeaders(request, requestId), ...reply.headers };
  const sending: Sending = { response, headers, reply, pause, settle };

  await pause(reply.delayMillis ?? latencyMillis);
  if (response.destroyed) return settle('closed');
  if (isSilent(reply))
    return breakOff(response, reply.fault?.kind === 'cut' ? 'cut' : 'hang', settle);
  const midStream = request.stream && isText(request);
  const error = reply.error ?? (midStream ? undefined : errorOf(reply));
  if (error !== undefined) {
    const { status, body, headers: more } = vendorError(request.api, error, requestId);
    if (unscripted) settle('unscripted');
    return sendBody(
      { ...sending, headers: { ...headers, ...more, ...error.headers } },
      status,
      body,
    );
  }
  if (!isText(request) && request.api !== 'bedrock_embeddings')
    return sendBody(sending, 200, renderFact(request, models));
  const rendered =
    request.api === 'bedrock_embeddings'
      ? renderBedrockEmbeddings(request)
      : render(reply, request);
  if (!request.stream || !('frames' in rendered))
    return sendBody(
      { ...sending, headers: { ...rendered.headers, ...headers } },
      200,
      rendered.body,
    );
  return streamReply(rendered, request, sending, requestId);
}

async function streamReply(
  rendered: RenderedReply,
  { api }: ModelRequest,
  sending: Sending,
  requestId: string,
): Promise<void> {
  const error = errorOf(sending.reply) ?? {};
  if (!isBedrock(api))
    return sendStream(
      sending,
      serverSentEvents(sending.reply.crlf === true ? '\r\n' : '\n'),
      rendered.frames(),
      () => rendered.errorFrame(vendorError(api, error, requestId).body),
    );
  // What the model says has a type of its own, beside that of the stream.
  const headers = { 'x-amzn-bedrock-content-type': 'application/json', ...sending.headers };
  return sendStream({ ...sending, headers }, amazonEventStream, rendered.frames(), () =>
    rendered.errorFrame(bedrockStreamError(error)),
  );
}

/** Google's API has none. */
function idHeaders({ api }: ModelRequest, requestId: string): Readonly<Record<string, string>> {
  if (isGemini(api)) return {};
  if (isBedrock(api)) return { 'x-amzn-requestid': requestId };
  return { [isAnthropic(api) ? 'request-id' : 'x-request-id']: requestId };
}

/** What is answered without a script. */
function renderFact(
  request: ModelRequest,
  models: readonly string[],
): Readonly<Record<string, unknown>> {
  switch (request.api) {
    case 'embeddings':
      return renderEmbeddings(request);
    case 'embed_content':
      return renderContentEmbeddings(request);
    case 'count_tokens':
      return renderTokenCount(request);
    case 'count_content_tokens':
      return renderContentTokens(request);
    case 'bedrock_other':
      return renderBedrockOther(request);
    default:
      return renderModelList(models, request.headers);
  }
}

/** A script function that throws is a mistake in the test: the client gets to read it. */
function scriptedReply(request: ModelRequest, book: ScriptBook): ModelReply | undefined {
  try {
    return book.replyTo(request);
  } catch (error) {
    return { error: { status: 400, message: `the script threw: ${String(error)}` } };
  }
}

function noScript({ index, api, path, model, lastText }: ModelRequest): ModelReply {
  const last = JSON.stringify(lastText.slice(0, 200));
  const message = `no script for request ${index + 1}: ${api} (${path}), model ${JSON.stringify(model)}, last text ${last}`;
  // Not a status that clients try again.
  return { error: { status: 400, type: 'invalid_request_error', message } };
}

function errorOf({ fault }: ModelReply): ModelReply['error'] {
  return fault?.kind === 'error' ? (fault.error ?? {}) : undefined;
}

function render(reply: ModelReply, request: ModelRequest): RenderedReply {
  const resolved = resolveReply(reply, request);
  if (request.api === 'messages') return renderMessages(resolved);
  if (request.api === 'converse') return renderConverse(resolved);
  if (request.api === 'invoke_model') return renderInvoke(resolved, request);
  if (request.api === 'generate_content') return renderGeneratedContent(resolved);
  if (request.api === 'interactions') return renderInteraction(resolved);
  return request.api === 'responses'
    ? renderResponses(resolved, request)
    : renderChat(resolved, request);
}
