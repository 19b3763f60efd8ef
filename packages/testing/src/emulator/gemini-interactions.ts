import { argumentsOf, type ResolvedReply } from './resolved-reply.ts';
import type { RenderedReply, StreamFrame } from './stream-frame.ts';

type Json = Readonly<Record<string, unknown>>;

const statuses: Readonly<Record<ResolvedReply['finishReason'], string>> = {
  stop: 'completed',
  length: 'incomplete',
  tool_calls: 'requires_action',
  // It has no word for it.
  content_filter: 'failed',
};

/** Google's `POST …/interactions`. */
export function renderInteraction(reply: ResolvedReply): RenderedReply {
  const head = { id: `interaction-${reply.serial}`, object: 'interaction', model: reply.model };
  const final = { ...head, status: statuses[reply.finishReason], usage: usageOf(reply) };
  const steps = stepsOf(reply);
  return {
    body: { ...final, role: 'model', steps: steps.map(({ whole }) => whole) },
    frames: () => [
      frame('interaction.created', { interaction: { ...head, status: 'in_progress' } }),
      frame('interaction.status_update', { interaction_id: head.id, status: 'in_progress' }),
      ...steps.flatMap(framesOf),
      frame('interaction.completed', { interaction: final }),
      { event: 'done', data: '[DONE]' },
    ],
    errorFrame: (body) => frame('error', { error: errorOf(body) }),
  };
}

/** A step as it is at its end, at its start and in the pieces between. */
interface Step {
  readonly whole: Json;
  readonly start: Json;
  readonly deltas: readonly Json[];
}

function stepsOf(reply: ResolvedReply): Step[] {
  const text = (one: string): Json => ({ type: 'text', text: one });
  const thought: Step = {
    whole: { type: 'thought', summary: [text(reply.reasoning.join(''))], signature: 'c2ln' },
    start: { type: 'thought' },
    deltas: [
      ...reply.reasoning.map((piece) => ({ type: 'thought_summary', content: text(piece) })),
      { type: 'thought_signature', signature: 'c2ln' },
    ],
  };
  const output: Step = {
    whole: { type: 'model_output', content: [text(reply.text)] },
    start: { type: 'model_output' },
    deltas: reply.pieces.map(text),
  };
  const calls = reply.toolCalls.map((call, index): Step => {
    const id = call.id ?? `call-${reply.serial}-${index + 1}`;
    const step = { type: 'function_call', id, name: call.name };
    return {
      whole: { ...step, arguments: argumentsOf(call) },
      start: { ...step, arguments: {} },
      deltas: call.pieces.map((piece) => ({ type: 'arguments_delta', arguments: piece })),
    };
  });
  return [
    ...(reply.reasoning.length === 0 ? [] : [thought]),
    ...(reply.text === '' && calls.length > 0 ? [] : [output]),
    ...calls,
  ];
}

function framesOf({ start, deltas }: Step, index: number): StreamFrame[] {
  return [
    frame('step.start', { index, step: start }),
    ...deltas.map((delta) => ({
      ...frame('step.delta', { index, delta }),
      content: delta['type'] === 'text' || delta['type'] === 'arguments_delta',
    })),
    frame('step.stop', { index }),
  ];
}

function frame(event: string, data: Json): StreamFrame {
  return { event, data: { event_type: event, ...data } };
}

/** In the middle of a stream its code is a word. */
function errorOf(body: Json): Json {
  const { message, status } = body['error'] as Json;
  return { code: status, message };
}

function usageOf({ usage }: ResolvedReply): Json {
  const { inputTokens, outputTokens, reasoningTokens, cacheReadTokens } = usage;
  return {
    total_input_tokens: inputTokens,
    input_tokens_by_modality: [{ modality: 'text', tokens: inputTokens }],
    total_cached_tokens: cacheReadTokens,
    // Thoughts are counted by themselves.
    total_output_tokens: outputTokens - reasoningTokens,
    total_thought_tokens: reasoningTokens,
    total_tool_use_tokens: 0,
    total_tokens: inputTokens + outputTokens,
  };
}
