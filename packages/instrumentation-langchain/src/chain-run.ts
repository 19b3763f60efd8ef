import { type Context, type Link, type Span, trace } from '@opentelemetry/api';
import { endSpan } from '@llm-otel/core';
import {
  ATTR_LLM_OTEL_LINK_KIND,
  ATTR_LLM_OTEL_RUN_STOP_REASON,
  ATTR_LLM_OTEL_STEP_INDEX,
  ATTR_LLM_OTEL_STEP_NAME,
  type ChatMessage,
  describeError,
  type Ending,
  LLM_OTEL_LINK_KIND_VALUE_RESUME,
  LLM_OTEL_RUN_STOP_REASON_VALUE_PAUSED,
  recordFailure,
} from '@llm-otel/llm-conventions';
import { type ChainFacts, chainFacts } from './chain-facts.ts';
import { isInterrupt, isResume } from './interrupts.ts';
import type { HandlerEnvironment, StartedRun } from './handler-environment.ts';
import { messagesOf } from './messages.ts';

interface ChainStart {
  readonly chain: unknown;
  readonly inputs: unknown;
  readonly tags: readonly string[] | undefined;
  readonly metadata: unknown;
  readonly name: string | undefined;
}

/** Starts what a chain run is: an agent or a whole graph as operations of the conventions, a node or chain as a span. */
export function startChain(
  { chain, inputs, tags, metadata, name }: ChainStart,
  parent: Context,
  environment: HandlerEnvironment,
): StartedRun {
  const facts = chainFacts(chain, tags, metadata, name);
  switch (facts.kind) {
    case 'agent':
    case 'executor':
    case 'graph':
      return startGraph(facts, inputs, parent, environment);
    case 'node':
    case 'chain':
      return startPart(facts, parent, environment);
    default:
      return { context: parent, threadId: facts.threadId, end: () => {}, fail: () => {} };
  }
}

function startGraph(
  facts: ChainFacts,
  inputs: unknown,
  parent: Context,
  environment: HandlerEnvironment,
): StartedRun {
  const { kind, name, threadId } = facts;
  const { genAi, interrupted, parentThread } = environment;
  // A graph inside another one has the thread of that, and is resumed with it.
  const isOutermost = threadId !== undefined && parentThread !== threadId;
  const waiting = isOutermost && isResume(inputs) ? interrupted.take(threadId) : undefined;
  const links: Link[] =
    waiting === undefined
      ? []
      : [
          {
            context: waiting,
            attributes: { [ATTR_LLM_OTEL_LINK_KIND]: LLM_OTEL_LINK_KIND_VALUE_RESUME },
          },
        ];
  const recordsContent = genAi.content !== 'none';
  const shared = {
    parent,
    links,
    conversationId: threadId,
    ...(recordsContent && { inputMessages: messagesOf(inputs) }),
  };
  if (kind !== 'graph') {
    const run = genAi.startAgentRun({ ...shared, agent: { name } });
    return ending(run, facts, environment, (outputMessages) =>
      run.recordOutput({ outputMessages }),
    );
  }
  const workflow = genAi.startWorkflow({ ...shared, name });
  return ending(workflow, facts, environment, (messages) => workflow.recordOutput(messages));
}

function ending(
  call: Ending & { readonly span: Span },
  { kind, threadId }: ChainFacts,
  { genAi, interrupted }: HandlerEnvironment,
  record: (messages: readonly ChatMessage[]) => void,
): StartedRun {
  const recordsContent = genAi.content !== 'none';
  return {
    context: call.context,
    threadId,
    goesOn: kind === 'executor' ? 'to its next piece' : 'to its end',
    end(outputs) {
      // The state of the graph has all messages so far; the last one is the answer.
      if (recordsContent) record(messagesOf(outputs).slice(-1));
      if (threadId !== undefined && interrupted.has(threadId))
        call.span.setAttribute(
          ATTR_LLM_OTEL_RUN_STOP_REASON,
          LLM_OTEL_RUN_STOP_REASON_VALUE_PAUSED,
        );
      call.end();
    },
    fail: (error) => call.fail(error),
  };
}

function startPart(
  { kind, name, step, threadId }: ChainFacts,
  parent: Context,
  { startPlain, interrupted }: HandlerEnvironment,
): StartedRun {
  const called = name ?? 'chain';
  const span =
    kind === 'node'
      ? startPlain(
          `step ${called}`,
          {
            [ATTR_LLM_OTEL_STEP_NAME]: called,
            ...(step !== undefined && { [ATTR_LLM_OTEL_STEP_INDEX]: step }),
          },
          parent,
        )
      : startPlain(called, {}, parent);
  return {
    context: trace.setSpan(parent, span),
    threadId,
    end: () => endSpan(span),
    leave(error) {
      // It waits for a human: what goes on there later is linked to it.
      if (kind === 'node' && threadId !== undefined && isInterrupt(error))
        interrupted.add(threadId, span.spanContext());
      endSpan(span);
    },
    fail(error) {
      recordFailure(span, error, describeError(error));
      endSpan(span);
    },
  };
}
