import { type Attributes, type SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { FailureLog } from '@llm-otel/core';
import {
  ATTR_ERROR_TYPE,
  ATTR_GEN_AI_PROMPT_VARIABLE,
  ATTR_GEN_AI_TOOL_CALL_ARGUMENTS,
  ATTR_GEN_AI_TOOL_CALL_RESULT,
  ATTR_JSONRPC_REQUEST_ID,
  ATTR_MCP_PROTOCOL_VERSION,
  ATTR_MCP_RESOURCE_URI,
  ATTR_MCP_SESSION_ID,
  ATTR_RPC_RESPONSE_STATUS_CODE,
} from '../generated/attributes.ts';
import { describeError } from '../error-facts.ts';
import type { MetricName } from '../generated/metrics.ts';
import { genAiSpanDefinitions } from '../generated/spans.ts';
import { Operation } from '../operation.ts';
import { readMember } from '../read-member.ts';
import { nameOf } from './client-attributes.ts';
import { mcpAttributes } from './mcp-attributes.ts';
import type { McpRequest, McpResponse } from './mcp-request.ts';
import type { OpenOperation, OperationEnvironment } from './operation-request.ts';
import { rpcErrorOf } from './rpc-error.ts';
import { toolJson } from './tool-json.ts';

type SpanType = 'mcp.client' | 'mcp.server';

/** One request or notification of MCP, on the side that sends it or the one that receives it. */
export interface McpCall<S extends SpanType = SpanType> extends OpenOperation<S> {
  /**
   * What the answer says. An error code or `isError`, also that of `result`, makes the call a failed one; on the server, codes that mean a mistake
   * of the caller do not. For an answer that never came, `fail` the call. An error with a code of JSON-RPC, such as the SDKs' `McpError`, that the
   * function rejects with or that is given to `fail`, is told as that answer.
   */
  recordResponse(response: McpResponse): void;
}

/** What differs between the two sides. */
export interface McpSide<S extends SpanType> {
  readonly type: S;
  readonly kind: SpanKind;
  readonly metric: MetricName;
  /** Attributes of this side that span and metric share. */
  readonly shared?: Attributes | undefined;
}

const failures = new FailureLog();

export class SpanMcpCall<S extends SpanType> extends Operation<S> implements McpCall<S> {
  readonly #notErrors: readonly string[];
  readonly #duration: Attributes;
  readonly #isServer: boolean;
  #errorType: string | undefined;

  constructor(request: McpRequest<S>, side: McpSide<S>, environment: OperationEnvironment) {
    const attributes = { ...mcpAttributes(request), ...side.shared };
    const duration = { ...attributes };
    super(
      {
        type: side.type,
        name: nameOf(request.method, request.toolName ?? request.promptName),
        kind: side.kind,
        request,
        attributes,
        duration: { metric: side.metric, attributes: duration },
        recordContent: environment.recordContent,
      },
      environment.signals,
      environment.clock,
    );
    this.#duration = duration;
    this.#isServer = side.type === 'mcp.server';
    this.#notErrors = genAiSpanDefinitions[side.type].notErrors ?? [];
    this.set(ATTR_MCP_SESSION_ID, request.sessionId);
    this.set(ATTR_MCP_RESOURCE_URI, request.resourceUri);
    if (request.requestId !== undefined)
      this.set(ATTR_JSONRPC_REQUEST_ID, String(request.requestId));
    if (request.arguments !== undefined && this.recordsContent)
      failures.guard('recording the arguments of an MCP request', () =>
        this.#recordArguments(request),
      );
  }

  recordResponse(response: McpResponse): void {
    if (this.ended) return;
    failures.guard('recording the answer to an MCP request', () => {
      const { errorCode, errorMessage, mcpVersion, result, sessionId } = response;
      const isError = response.isError ?? readMember(result, 'isError');
      this.set(ATTR_MCP_SESSION_ID, sessionId);
      this.set(ATTR_MCP_PROTOCOL_VERSION, mcpVersion);
      if (mcpVersion !== undefined) this.#duration[ATTR_MCP_PROTOCOL_VERSION] = mcpVersion;
      if (errorCode !== undefined) {
        const code = String(errorCode);
        this.#setCode(code);
        if (!this.#notErrors.includes(code)) this.#markFailed(code, errorMessage);
      } else if (isError === true) this.#markFailed(TOOL_ERROR, errorMessage);
      else if (result !== undefined && this.recordsContent)
        this.setText(ATTR_GEN_AI_TOOL_CALL_RESULT, toolJson('result', result));
    });
  }

  override end(): void {
    this.finish(this.#errorType);
  }

  /** A JSON-RPC error is what the other side answered, or on the server what it answers with. */
  override fail(error: unknown): void {
    if (this.ended) return;
    const answer = rpcErrorOf(error, this.#isServer);
    if (answer === undefined) {
      super.fail(error);
      return;
    }
    const { code, type, message } = answer;
    if (code !== undefined) this.#setCode(code);
    if (code !== undefined && this.#notErrors.includes(code)) this.end();
    else this.failAs(error, { ...describeError(error), type, message });
  }

  #setCode(code: string): void {
    this.set(ATTR_RPC_RESPONSE_STATUS_CODE, code);
    this.#duration[ATTR_RPC_RESPONSE_STATUS_CODE] = code;
  }

  #markFailed(errorType: string, message: string | undefined): void {
    this.#errorType = errorType;
    this.set(ATTR_ERROR_TYPE, errorType);
    this.span.setStatus(
      message === undefined
        ? { code: SpanStatusCode.ERROR }
        : { code: SpanStatusCode.ERROR, message },
    );
  }

  /** Those of a prompt fill in its variables; those of a tool are one object. */
  #recordArguments({ promptName, arguments: given }: McpRequest<S>): void {
    if (promptName === undefined) {
      this.setText(ATTR_GEN_AI_TOOL_CALL_ARGUMENTS, toolJson('arguments', given));
      return;
    }
    if (typeof given !== 'object' || given === null) return;
    for (const [name, value] of Object.entries(given))
      if (typeof value === 'string') this.setText(`${ATTR_GEN_AI_PROMPT_VARIABLE}${name}`, value);
  }
}

/** `error.type` of a tool that ran and failed. */
const TOOL_ERROR = 'tool_error';
