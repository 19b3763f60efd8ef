import { type Context, context, type Span } from '@opentelemetry/api';
import { FailureLog } from '@llm-otel/core';
import {
  CallRetries,
  failGuarded,
  ownSpanOf,
  readMember,
  readString,
  type StartedCall,
  startGuarded,
} from '@llm-otel/llm-conventions/client';
import type { HandlerResult } from './client-shape.ts';
import { type Server, serverOfRequest } from './server-of-request.ts';

const failures = new FailureLog();

/** One `send` of the client, with all its attempts. None of its methods throws. */
export class ClientCall {
  readonly #start: (server: Server) => StartedCall | undefined;
  readonly #retries = new CallRetries();
  #begun = false;
  #call: StartedCall | undefined;
  #span: Span | undefined;
  #failure: unknown;

  constructor(start: (server: Server) => StartedCall | undefined) {
    this.#start = start;
  }

  /** Starts the span, which knows its server from the start on. The context is that of the work. */
  begin(request: unknown): Context {
    if (!this.#begun) {
      this.#begun = true;
      this.#call = startGuarded(() => this.#start(serverOfRequest(request)));
      this.#span = this.#call && ownSpanOf(this.#call);
      this.#retries.span = this.#span;
    }
    return this.#call?.context ?? context.active();
  }

  attempted(): void {
    const failure = this.#failure;
    if (failure === undefined) return;
    this.#failure = undefined;
    failures.guard('observing a retry', () => {
      const response = readMember(failure, '$response');
      const metadata = readMember(failure, '$metadata');
      this.#retries.answered({ status: readMember(metadata, 'httpStatusCode') });
      this.#retries.again(readMember(response, 'headers'));
    });
  }

  attemptFailed(error: unknown): void {
    this.#failure = error ?? new Error('unknown');
  }

  answered(result: HandlerResult): void {
    // A middleware of the application has answered before there was a request.
    this.begin(undefined);
    this.#requestId(result.output);
    const call = this.#call;
    if (call !== undefined) failures.guard('observing an answer', () => call.parsed(result));
  }

  failed(error: unknown): void {
    this.begin(undefined);
    this.#requestId(error);
    if (this.#call !== undefined) failGuarded(this.#call, error);
  }

  #requestId(from: unknown): void {
    const id = readString(readMember(from, '$metadata'), 'requestId');
    if (id !== undefined)
      failures.guard('recording an id', () => this.#span?.setAttribute('aws.request_id', id));
  }
}
