import type { ModelRequest } from './model-request.ts';
import { CREATED } from './openai-chat.ts';
import type { ResolvedReply, ResolvedToolCall } from './resolved-reply.ts';
import type { RenderedReply, StreamFrame } from './stream-frame.ts';

type Json = Readonly<Record<string, unknown>>;

/** OpenAI's `POST /v1/responses`. */
export function renderResponses(reply: ResolvedReply, request: ModelRequest): RenderedReply {
  const incomplete = incompleteReason(reply);
  const status = incomplete === undefined ? 'completed' : 'incomplete';
  const final = response(reply, request, {
    status,
    completed_at: status === 'completed' ? CREATED : null,
    incomplete_details: incomplete === undefined ? null : { reason: incomplete },
    output: outputItems(reply, status).map(({ item }) => item),
    usage: usageOf(reply),
  });
  return {
    body: final,
    frames() {
      const started = response(reply, request, { status: 'in_progress', output: [], usage: null });
      const events: EventList = [
        { type: 'response.created', response: started },
        { type: 'response.in_progress', response: started },
        ...outputItems(reply, status).flatMap(itemEvents),
        { type: `response.${status}`, response: final },
      ];
      return events.map((event, sequence): StreamFrame => {
        const data = Object.assign({ sequence_number: sequence }, event);
        return { event: event.type, data, content: event.type.endsWith('.delta') };
      });
    },
    errorFrame: ({ error }) => {
      const { code, message, type } = error as Json;
      const data = { type: 'error', code: code ?? type, message, param: null, sequence_number: 0 };
      return { event: 'error', data };
    },
  };
}

type EventList = (Json & { readonly type: string })[];

interface OutputItem {
  readonly item: Json;
  /** What is streamed between the start and the end of the item at that place. */
  readonly events: (outputIndex: number) => EventList;
}

function itemEvents({ item, events }: OutputItem, index: number): EventList {
  const place = { output_index: index };
  const list = events(index);
  list.unshift({ type: 'response.output_item.added', ...place, item: emptied(item) });
  list.push({ type: 'response.output_item.done', ...place, item });
  return list;
}

function outputItems(reply: ResolvedReply, status: string): OutputItem[] {
  const calls = reply.toolCalls.map((call, index) => callItem(reply, call, index, status));
  return reply.text === '' && calls.length > 0 ? calls : [messageItem(reply, status), ...calls];
}

function messageItem(reply: ResolvedReply, status: string): OutputItem {
  const id = `msg_${reply.serial}`;
  const part = (text: string): Json => ({
    type: 'output_text',
    text,
    annotations: [],
    logprobs: [],
  });
  return {
    item: { id, type: 'message', role: 'assistant', status, content: [part(reply.text)] },
    events(outputIndex) {
      const place = { item_id: id, output_index: outputIndex, content_index: 0 };
      return [
        { type: 'response.content_part.added', ...place, part: part('') },
        ...reply.pieces.map((delta) =>
          Object.assign({ type: 'response.output_text.delta', delta, logprobs: [] }, place),
        ),
        { type: 'response.output_text.done', ...place, text: reply.text, logprobs: [] },
        { type: 'response.content_part.done', ...place, part: part(reply.text) },
      ];
    },
  };
}

function callItem(
  reply: ResolvedReply,
  call: ResolvedToolCall,
  index: number,
  status: string,
): OutputItem {
  const id = `fc_${reply.serial}_${index}`;
  return {
    item: {
      id,
      type: 'function_call',
      status,
      call_id: call.id ?? `call_${reply.serial}_${index}`,
      name: call.name,
      arguments: call.arguments,
    },
    events(outputIndex) {
      const place = { item_id: id, output_index: outputIndex };
      return [
        ...call.pieces.map((delta) =>
          Object.assign({ type: 'response.function_call_arguments.delta', delta }, place),
        ),
        {
          type: 'response.function_call_arguments.done',
          ...place,
          arguments: call.arguments,
          name: call.name,
        },
      ];
    },
  };
}

/** An item as it is when it is announced. */
function emptied(item: Json): Json {
  return item['type'] === 'message'
    ? { ...item, status: 'in_progress', content: [] }
    : { ...item, status: 'in_progress', arguments: '' };
}

function incompleteReason({ finishReason }: ResolvedReply): string | undefined {
  if (finishReason === 'length') return 'max_output_tokens';
  return finishReason === 'content_filter' ? 'content_filter' : undefined;
}

function response(reply: ResolvedReply, { body }: ModelRequest, parts: Json): Json {
  return {
    id: `resp_${reply.serial}`,
    object: 'response',
    created_at: CREATED,
    model: reply.model,
    error: null,
    incomplete_details: null,
    instructions: body['instructions'] ?? null,
    max_output_tokens: body['max_output_tokens'] ?? null,
    metadata: body['metadata'] ?? {},
    parallel_tool_calls: body['parallel_tool_calls'] ?? true,
    previous_response_id: body['previous_response_id'] ?? null,
    temperature: body['temperature'] ?? 1,
    text: body['text'] ?? { format: { type: 'text' } },
    tool_choice: body['tool_choice'] ?? 'auto',
    tools: body['tools'] ?? [],
    top_p: body['top_p'] ?? 1,
    ...parts,
  };
}

function usageOf({ usage }: ResolvedReply): Json {
  return {
    input_tokens: usage.inputTokens,
    input_tokens_details: {
      cached_tokens: usage.cacheReadTokens,
      cache_write_tokens: usage.cacheWriteTokens,
    },
    output_tokens: usage.outputTokens,
    output_tokens_details: { reasoning_tokens: usage.reasoningTokens },
    total_tokens: usage.inputTokens + usage.outputTokens,
  };
}
