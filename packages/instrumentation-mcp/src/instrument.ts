import { createGenAi, type GenAi, type GenAiOptions } from '@llm-otel/llm-conventions';
import { FailureLog } from '@llm-otel/core';
import { overrideMember } from '@llm-otel/llm-conventions/client';
import { diag } from '@opentelemetry/api';
import { observeEndpoint, observerOf } from './observe-endpoint.ts';
import { endpointOf } from './protocol-shape.ts';

export interface McpOptions extends GenAiOptions {
  /** Records with this one, made by `createGenAi`; the other options of it are then its. */
  readonly genAi?: GenAi | undefined;
  /**
   * Whether notifications (progress, log messages, changed lists) have spans, as the conventions say. A server that
   * reports progress often makes many.
   * @defaultValue true
   */
  readonly notifications?: boolean | undefined;
}

const failures = new FailureLog();

/**
 * Observes a `Client`, `Server` or `McpServer` of the official MCP SDK, version 1 or 2: a span for each request and
 * notification on the side it is called for, and the trace carried to the other side in `_meta`. Returns what it was
 * given, which behaves as before. Call it before or after `connect`; twice is once. Works without any Node.js module.
 */
export function instrument<E extends object>(endpoint: E, options: McpOptions = {}): E {
  const found = endpointOf(endpoint);
  if (found === undefined) {
    diag.warn(
      'llm-otel: instrument() of instrumentation-mcp was given something that is no client or server of the MCP SDK: it is not observed',
    );
    return endpoint;
  }
  if (observerOf(found) !== undefined) return endpoint;
  const genAi = options.genAi ?? createGenAi(options);
  failures.guard('observing an MCP client or server', () => {
    const observe = observeEndpoint(found, {
      genAi,
      notifications: options.notifications !== false,
      enabled: () => true,
    });
    const connect = found.connect;
    overrideMember(found, 'connect', function observed(this: unknown, ...args: unknown[]): unknown {
      failures.guard('observing an MCP connection', () => observe(args[0]));
      return Reflect.apply(connect, this, args);
    });
  });
  return endpoint;
}
