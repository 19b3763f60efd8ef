import { FailureLog } from '@llm-otel/core';
import { type Ending, runInside } from '../run-inside.ts';
import { SpanAgentRun } from './agent-run-call.ts';
import { SpanCreateAgentCall } from './create-agent-call.ts';
import { SpanEmbeddingsCall } from './embeddings-call.ts';
import { SpanFetchResponseCall } from './fetch-response-call.ts';
import { type InertOperation, inertOperation } from './inert-operation.ts';
import { SpanInvokeAgentCall } from './invoke-agent-call.ts';
import { startMcpSession } from './mcp-session.ts';
import { startMcpClient, startMcpServer } from './mcp-sides.ts';
import { SpanMemoryCall } from './memory-call.ts';
import { MeasuredServerRequest } from './model-server-request.ts';
import type { OperationEnvironment } from './operation-request.ts';
import type { Operations } from './operations.ts';
import { SpanPlan } from './plan-call.ts';
import { SpanRetrievalCall } from './retrieval-call.ts';
import { SpanToolCall } from './tool-call.ts';
import { usableRequest } from './usable-request.ts';
import { SpanWorkflow } from './workflow-call.ts';

const failures = new FailureLog();

/**
 * Every operation of the conventions but the inference. `environment` is asked at each start; undefined means that
 * telemetry is switched off. What cannot be started, because of options it cannot read, records nothing.
 */
export function createOperations(environment: () => OperationEnvironment | undefined): Operations {
  const starter =
    <R extends object | undefined, C>(
      what: string,
      make: (request: R, current: OperationEnvironment) => C,
    ): ((request: R) => C | InertOperation) =>
    (request) =>
      failures.guard(`starting ${what}`, () => {
        const current = environment();
        return current === undefined ? inertFor(request) : make(usableRequest(request), current);
      }) ?? inertFor(request);

  const startEmbeddings = starter('an embeddings call', of(SpanEmbeddingsCall));
  const startRetrieval = starter('a retrieval', of(SpanRetrievalCall));
  const startFetchResponse = starter('fetching a response', of(SpanFetchResponseCall));
  const startMemory = starter('a memory operation', of(SpanMemoryCall));
  const startCreateAgent = starter('creating an agent', of(SpanCreateAgentCall));
  const startInvokeAgent = starter('calling an agent', of(SpanInvokeAgentCall));
  const startAgentRun = starter(
    'the run of an agent',
    (request: ConstructorParameters<typeof SpanAgentRun>[0], current) =>
      new SpanAgentRun(request, current),
  );
  const startWorkflow = starter(
    'a workflow',
    (request: ConstructorParameters<typeof SpanWorkflow>[0], current) =>
      new SpanWorkflow(request, current),
  );
  const startPlan = starter('planning', of(SpanPlan));
  const startTool = starter('a tool', of(SpanToolCall));
  const startClient = starter('an MCP request', startMcpClient);
  const startServer = starter('answering an MCP request', startMcpServer);

  return {
    startEmbeddings,
    embeddings: inside(startEmbeddings),
    startRetrieval,
    retrieval: inside(startRetrieval),
    startFetchResponse,
    fetchResponse: inside(startFetchResponse),
    startMemory,
    memory: inside(startMemory),
    startCreateAgent,
    createAgent: inside(startCreateAgent),
    startInvokeAgent,
    invokeAgent: inside(startInvokeAgent),
    startAgentRun,
    agentRun: inside(startAgentRun),
    startWorkflow,
    workflow: inside(startWorkflow),
    startPlan,
    plan: inside(startPlan),
    startTool,
    tool: inside(startTool),
    startMcpClient: startClient,
    mcpClient: inside(startClient),
    startMcpServer: startServer,
    mcpServer: inside(startServer),
    startMcpSession: starter('an MCP session', startMcpSession),
    startModelServerRequest: starter('serving a model', of(MeasuredServerRequest)),
  };
}

function of<R, C>(
  Call: new (request: R, environment: OperationEnvironment) => C,
): (request: R, environment: OperationEnvironment) => C {
  return (request, environment) => new Call(request, environment);
}

function inside<R, C extends Ending>(
  start: (request: R) => C,
): <T>(request: R, work: (call: C) => T) => T {
  return (request, work) => runInside(start(request), work);
}

/** Also for a request that is none, as in plain JavaScript. */
function inertFor(request: unknown): InertOperation {
  return (
    failures.guard('reading a request', () =>
      inertOperation(typeof request === 'object' && request !== null ? request : undefined),
    ) ?? inertOperation()
  );
}
