import { type Attributes, type Context, createContextKey, type Span } from '@opentelemetry/api';
import {
  customValue,
  type GenAi,
  type InferenceCall,
  usageFromAttributes,
} from '@llm-otel/llm-conventions';
import { readList, readNumber, readString } from '@llm-otel/llm-conventions/client';
import { inputs, json, outputs } from './traced-content.ts';

/** What a span of the AI SDK stands for: it is told the span's attributes, in the names of the conventions. */
export interface TracedOperation {
  readonly span: Span;
  readonly context: Context;
  end(attributes: Attributes): void;
  fail(error: unknown, attributes: Attributes): void;
}

/**
 * What is around a model call. Version 6 runs the tools of a stream while the call is read, in whose context depends on the
 * runtime: they belong beside the call, as the tools of an answer do.
 */
const AROUND_CALL = createContextKey('llm-otel around a model call of the AI SDK');

/** Starts what the attributes describe. Undefined for what the conventions have no operation for. */
export function startTracedOperation(
  genAi: GenAi,
  attributes: Attributes,
  parent: Context,
): TracedOperation | undefined {
  switch (attributes['gen_ai.operation.name']) {
    case 'chat':
      return modelCall(genAi, attributes, parent);
    case 'invoke_agent':
      return agentRun(genAi, attributes, parent);
    case 'execute_tool':
      return toolCall(genAi, attributes, parent);
    case 'embeddings':
      return embeddings(genAi, attributes, parent);
    default:
      return undefined;
  }
}

function modelCall(genAi: GenAi, started: Attributes, parent: Context): TracedOperation {
  const stops = readList(started, 'gen_ai.request.stop_sequences').filter(
    (item) => typeof item === 'string',
  );
  const call: InferenceCall = genAi.startInference({
    provider: customValue(readString(started, 'gen_ai.provider.name') ?? 'unknown'),
    model: readString(started, 'gen_ai.request.model'),
    stream: started['gen_ai.request.stream'] === true ? true : undefined,
    maxTokens: readNumber(started, 'gen_ai.request.max_tokens'),
    temperature: readNumber(started, 'gen_ai.request.temperature'),
    topP: readNumber(started, 'gen_ai.request.top_p'),
    topK: readNumber(started, 'gen_ai.request.top_k'),
    seed: readNumber(started, 'gen_ai.request.seed'),
    frequencyPenalty: readNumber(started, 'gen_ai.request.frequency_penalty'),
    presencePenalty: readNumber(started, 'gen_ai.request.presence_penalty'),
    stopSequences: stops.length === 0 ? undefined : stops,
    ...inputs(genAi, started),
    parent,
  });
  const answered = (attributes: Attributes): void => {
    call.setAttributes({
      'gen_ai.response.time_to_first_chunk': readNumber(
        attributes,
        'gen_ai.response.time_to_first_chunk',
      ),
    });
    call.recordResponse({
      id: readString(attributes, 'gen_ai.response.id'),
      model: readString(attributes, 'gen_ai.response.model'),
      usage: usageFromAttributes(attributes),
      ...outputs(genAi, attributes),
    });
  };
  return { ...ending(call, answered), context: call.context.setValue(AROUND_CALL, parent) };
}

function agentRun(genAi: GenAi, started: Attributes, parent: Context): TracedOperation {
  const run = genAi.startAgentRun({
    agent: { name: readString(started, 'gen_ai.agent.name') },
    model: readString(started, 'gen_ai.request.model'),
    ...inputs(genAi, started),
    parent,
  });
  return ending(run, (attributes) => {
    const totals = Object.entries(attributes).filter(([name]) => /^llm_otel\..*rollup/.test(name));
    run.setAttributes({}, Object.fromEntries(totals));
    run.recordOutput(outputs(genAi, attributes));
  });
}

function toolCall(genAi: GenAi, started: Attributes, parent: Context): TracedOperation {
  const tool = genAi.startTool({
    name: readString(started, 'gen_ai.tool.name') ?? 'unknown',
    callId: readString(started, 'gen_ai.tool.call.id'),
    arguments: json(genAi, started, 'gen_ai.tool.call.arguments'),
    parent: (parent.getValue(AROUND_CALL) as Context | undefined) ?? parent,
  });
  return ending(tool, (attributes) =>
    tool.recordResult(json(genAi, attributes, 'gen_ai.tool.call.result')),
  );
}

function embeddings(genAi: GenAi, started: Attributes, parent: Context): TracedOperation {
  const call = genAi.startEmbeddings({
    provider: customValue(readString(started, 'gen_ai.provider.name') ?? 'unknown'),
    model: readString(started, 'gen_ai.request.model'),
    parent,
  });
  return ending(call, (attributes) =>
    call.recordResponse({ inputTokens: readNumber(attributes, 'gen_ai.usage.input_tokens') }),
  );
}

function ending(
  operation: Pick<InferenceCall, 'span' | 'context' | 'end' | 'fail'>,
  answered: (attributes: Attributes) => void,
): TracedOperation {
  return {
    span: operation.span,
    context: operation.context,
    end(attributes) {
      answered(attributes);
      operation.end();
    },
    fail(error, attributes) {
      answered(attributes);
      operation.fail(error);
    },
  };
}
