import type { Context } from '@opentelemetry/api';
import { readMember, readNumber, readString } from '@llm-otel/llm-conventions/client';
import type { HandlerEnvironment, StartedRun } from './handler-environment.ts';

interface ToolStart {
  readonly tool: unknown;
  /** JSON text, or the one text the tool takes. */
  readonly input: string;
  readonly metadata: unknown;
  readonly name: string | undefined;
  readonly callId: string | undefined;
}

export function startTool(
  { tool, input, name, callId }: ToolStart,
  parent: Context,
  { genAi }: HandlerEnvironment,
): StartedRun {
  const call = genAi.startTool({
    name: name ?? readString(tool, 'name') ?? 'tool',
    callId,
    arguments: input,
    parent,
  });
  return {
    context: call.context,
    end(output) {
      call.recordResult(readMember(output, 'content') ?? output);
      // LangGraph answers the model with the error of a tool, and goes on.
      if (readMember(output, 'status') === 'error') call.fail(TOOL_ERROR);
      else call.end();
    },
    fail: (error) => call.fail(error),
  };
}

const TOOL_ERROR = { code: 'tool_error', message: 'The tool reported an error' } as const;

interface RetrieverStart {
  readonly query: string;
  readonly metadata: unknown;
}

export function startRetriever(
  { query, metadata }: RetrieverStart,
  parent: Context,
  { genAi }: HandlerEnvironment,
): StartedRun {
  const call = genAi.startRetrieval({
    query,
    dataSourceId: readString(metadata, 'ls_vector_store_provider'),
    parent,
  });
  return {
    context: call.context,
    end(documents) {
      if (Array.isArray(documents))
        call.recordDocuments(
          (documents as unknown[]).map((document) => ({
            id: readString(document, 'id') ?? readString(readMember(document, 'metadata'), 'id'),
            score: readNumber(readMember(document, 'metadata'), 'score'),
          })),
        );
      call.end();
    },
    fail: (error) => call.fail(error),
  };
}
