// What is used of `@aws-sdk/client-bedrock-runtime`, as far as its documentation promises it: see "middleware stack" in the
// developer guide of the SDK. No import of it, so that any release in range fits.
import { readMember } from '@llm-otel/llm-conventions/client';

/** What passes through the stack: the input of the command, and from the step `build` on the HTTP request. */
export interface HandlerArguments {
  readonly input: unknown;
  readonly request?: unknown;
}

export interface HandlerResult {
  /** What the application gets. */
  readonly output: unknown;
  /** The HTTP response. */
  readonly response?: unknown;
}

export type Handler = (args: HandlerArguments) => Promise<HandlerResult>;

export type Middleware = (next: Handler, context: unknown) => Handler;

export interface MiddlewareOptions {
  readonly name: string;
  readonly step: 'initialize' | 'build' | 'finalizeRequest';
  readonly priority: 'high' | 'low';
}

export interface BedrockClient {
  readonly middlewareStack: {
    add(middleware: Middleware, options: MiddlewareOptions): void;
  };
}

/** Whether it is a client of this service: those of all others have the same stack. */
export function isBedrockClient(value: unknown): value is BedrockClient {
  return (
    readMember(readMember(value, 'config'), 'serviceId') === 'Bedrock Runtime' &&
    typeof readMember(readMember(value, 'middlewareStack'), 'add') === 'function'
  );
}
