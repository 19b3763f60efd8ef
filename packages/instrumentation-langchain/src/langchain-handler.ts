import { type Context, context, trace, type Tracer } from '@opentelemetry/api';
import { FailureLog, startSpan, systemClock } from '@llm-otel/core';
import { createGenAi, type GenAi, type GenAiOptions } from '@llm-otel/llm-conventions';
import { WrappedCalls, withWrappedCalls, wrappedCallsOf } from '@llm-otel/llm-conventions/client';
import { contextInside, inRun } from './active-context.ts';
import { startChain } from './chain-run.ts';
import type { HandlerEnvironment, StartedRun } from './handler-environment.ts';
import type { CallbackHandler } from './handler-shape.ts';
import { InterruptedRuns, isOnPurpose } from './interrupts.ts';
import { runBegan } from './left-streams.ts';
import { type ModelEndings, startModel } from './model-run.ts';
import { RunTable } from './run-table.ts';
import { startRetriever, startTool } from './tool-run.ts';

export interface LangChainOptions extends GenAiOptions {
  /** Records with this one, made by `createGenAi`; the other options of it are then its. */
  readonly genAi?: GenAi | undefined;
  /**
   * After this time a run that has not ended is given up, with the error `timeout`; what it does goes on.
   * @defaultValue 3,600,000: an hour
   */
  readonly runTimeoutMillis?: number | undefined;
}

export const HANDLER_NAME = 'llm_otel_handler';

const HOUR_MILLIS = 3_600_000;
const failures = new FailureLog();

/**
 * A callback handler for LangChain.js and LangGraph: pass it in `callbacks`. It records agents, graphs and their nodes,
 * chains, model calls, tools and retrievers. One serves any number of runs; it never throws.
 */
export function createLangChainHandler(options: LangChainOptions = {}): CallbackHandler {
  const { clock = systemClock, runTimeoutMillis = HOUR_MILLIS } = options;
  const genAi = options.genAi ?? createGenAi(options);
  const runs = new RunTable(clock, runTimeoutMillis);
  const interrupted = new InterruptedRuns(clock, 24 * HOUR_MILLIS);
  const tracer = (): Tracer =>
    options.tracer ?? trace.getTracer('@llm-otel/instrumentation-langchain');

  function begin(
    runId: string,
    parentRunId: string | undefined,
    start: (parent: Context, environment: HandlerEnvironment, around: WrappedCalls) => StartedRun,
  ): void {
    failures.guard('starting a run of LangChain', () => {
      const outer = runs.get(parentRunId);
      const inside = parentRunId === undefined ? undefined : contextInside(parentRunId);
      const around = inside ?? outer?.context ?? context.active();
      // A request is looked up where it is made: in what a model puts around itself, where models are observed.
      const calls = wrappedCallsOf(context.active()) ?? outer?.calls ?? new WrappedCalls();
      // This handler's own spans are those that others belong to.
      const parent = withWrappedCalls(around, undefined);
      const environment: HandlerEnvironment = {
        genAi,
        interrupted,
        parentThread: outer?.threadId,
        startPlain: (name, attributes, of) => startSpan(tracer(), name, { attributes }, of),
      };
      const run = start(parent, environment, calls);
      const own = new WrappedCalls();
      const marked = withWrappedCalls(inRun(run.context, runId), own);
      runs.add(runId, parentRunId, { ...run, context: marked, calls: own });
      runBegan(context.active(), (isStopped) => leave(runId, isStopped));
    });
  }

  const end = (runId: string, outputs: unknown): void =>
    failures.guard('ending a run of LangChain', () => runs.take(runId)?.end(outputs));
  const fail = (error: unknown, runId: string): void =>
    failures.guard('ending a run of LangChain', () => {
      const run = runs.take(runId);
      if (!isOnPurpose(error)) run?.fail(error);
      else if (run?.leave === undefined) run?.end();
      else run.leave(error);
    });

  /** Nobody reads what it answers; `isStopped`: nor does what makes its pieces run any more. */
  const leave = (runId: string, isStopped: boolean): void => {
    const goesOn = runs.get(runId)?.goesOn;
    if (goesOn === 'to its end' || (goesOn === 'to its next piece' && !isStopped)) return;
    for (const run of runs.takeTree(runId)) {
      run.left?.();
      run.end();
    }
  };

  const endings = (runId: string): ModelEndings => ({
    left: () => end(runId, undefined),
    aborted: (reason) => fail(reason, runId),
  });

  const handler: CallbackHandler = {
    name: HANDLER_NAME,
    awaitHandlers: true,
    raiseError: false,
    ignoreLLM: false,
    ignoreChain: false,
    ignoreAgent: false,
    ignoreRetriever: false,
    ignoreCustomEvent: true,
    copy: () => handler,
    handleChainStart: (chain, inputs, runId, parentRunId, tags, metadata, _type, name) =>
      begin(runId, parentRunId, (parent, environment) =>
        startChain({ chain, inputs, tags, metadata, name }, parent, environment),
      ),
    handleChainEnd: (outputs, runId) => end(runId, outputs),
    handleChainError: fail,
    handleChatModelStart: (model, messages, runId, parentRunId, extraParams, _tags, metadata) =>
      begin(runId, parentRunId, (parent, environment, calls) =>
        startModel(
          { model, messages, extraParams, metadata, clock },
          parent,
          environment,
          calls,
          endings(runId),
        ),
      ),
    handleLLMStart: (model, prompts, runId, parentRunId, extraParams, _tags, metadata) =>
      begin(runId, parentRunId, (parent, environment, calls) =>
        startModel(
          { model, prompts, extraParams, metadata, clock },
          parent,
          environment,
          calls,
          endings(runId),
        ),
      ),
    handleLLMNewToken: (_token, _index, runId) =>
      failures.guard('timing a model of LangChain', () => runs.get(runId)?.token?.()),
    handleLLMEnd: (output, runId) => end(runId, output),
    handleLLMError: fail,
    handleToolStart: (tool, input, runId, parentRunId, _tags, metadata, name, callId) =>
      begin(runId, parentRunId, (parent, environment) =>
        startTool({ tool, input, metadata, name, callId }, parent, environment),
      ),
    handleToolEnd: (output, runId) => end(runId, output),
    handleToolError: fail,
    handleRetrieverStart: (_retriever, query, runId, parentRunId, _tags, metadata) =>
      begin(runId, parentRunId, (parent, environment) =>
        startRetriever({ query, metadata }, parent, environment),
      ),
    handleRetrieverEnd: (documents, runId) => end(runId, documents),
    handleRetrieverError: fail,
  };
  return handler;
}
