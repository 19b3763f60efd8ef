import { type Context, context, trace } from '@opentelemetry/api';
import type { GenAi, McpSession } from '@llm-otel/llm-conventions';
import { readMember, readString } from '@llm-otel/llm-conventions/client';
import { answerFacts } from './answer-facts.ts';
import { parentOfReceived, parentOfSent, withContext } from './context-in-meta.ts';
import { CANCELLED, OpenCalls, type OpenCall } from './open-calls.ts';
import type { OutgoingMessage, Side, Transport } from './protocol-shape.ts';
import { requestFacts, withoutVersion } from './request-facts.ts';
import { activeToolSpan } from './tool-span.ts';
import { headerOf, type TransportFacts, transportFacts } from './transport-facts.ts';

/** What happens on one connection, as spans and metrics: each request and notification that is sent or comes in. */
export class Exchange {
  readonly sent: OpenCalls = new OpenCalls();
  readonly received: OpenCalls = new OpenCalls();
  readonly #genAi: GenAi;
  readonly #side: Side;
  readonly #transport: WeakRef<Transport>;
  readonly #facts: TransportFacts;
  #mcpVersion: string | undefined;
  #session: McpSession | undefined;

  constructor(genAi: GenAi, side: Side, transport: Transport) {
    this.#genAi = genAi;
    this.#side = side;
    // The transport holds this; the other way round neither would become garbage where a registry holds this.
    this.#transport = new WeakRef(transport);
    this.#facts = transportFacts(transport);
  }

  /** Starts the span of a message that is about to be sent. `message` is what to send instead: it carries the context. */
  startSending(message: OutgoingMessage): { readonly open: OpenCall; readonly message: unknown } {
    const facts = requestFacts(message);
    const cancelled = this.#cancelledBy(message, this.sent);
    const parent = cancelled?.call.context ?? parentOfSent(message);
    const call = this.#genAi.startMcpClient({
      ...this.#shared(facts.mcpVersion),
      ...(this.#side === 'server' && { serverAddress: undefined, serverPort: undefined }),
      ...withoutVersion(facts),
      parent,
      toolSpan: activeToolSpan(facts),
    });
    const open = this.sent.add(call, message);
    if (cancelled !== undefined && cancelled.awaited !== true) {
      cancelled.forget();
      cancelled.call.fail(CANCELLED);
    }
    this.#acknowledge(message, this.received);
    return { open, message: withContext(message, call.context) };
  }

  /** Starts the span of a message that came in. */
  startReceiving(message: OutgoingMessage, extra: unknown): OpenCall {
    const facts = requestFacts(message);
    const { parent, links } = parentOfReceived(message, this.#around());
    const call = this.#genAi.startMcpServer({
      ...this.#shared(facts.mcpVersion ?? headerOf(extra, 'mcp-protocol-version')),
      ...withoutVersion(facts),
      sessionId: this.#sessionId ?? headerOf(extra, 'mcp-session-id'),
      parent,
      links,
    });
    const open = this.received.add(call, message);
    this.#acknowledge(message, this.sent);
    return open;
  }

  /** The other side took a request back: nobody waits for its answer any more. No mistake of this side. */
  requestTakenBack(message: OutgoingMessage): void {
    if (message.method === 'notifications/cancelled')
      this.received.take(readMember(message.params, 'requestId'))?.call.end();
  }

  /** The answer to a request that was sent. */
  answered(answer: { readonly id: string | number }): void {
    const open = this.sent.take(answer.id);
    if (open === undefined) return;
    this.#record(open, answer);
    if (open.awaited !== true) open.call.end();
  }

  /** An answer that is about to be sent; its request ends when it is on its way. */
  answering(answer: { readonly id: string | number }): OpenCall | undefined {
    const open = this.received.take(answer.id);
    if (open !== undefined) this.#record(open, answer);
    return open;
  }

  closed(): void {
    this.sent.endAll();
    this.received.endAll();
    this.#session?.end();
    this.#session = undefined;
    this.#mcpVersion = undefined;
  }

  #record(open: OpenCall, answer: unknown): void {
    const { call, method } = open;
    const facts = answerFacts(method, answer);
    call.recordResponse({ ...facts, sessionId: this.#sessionId });
    open.refused = facts.errorCode !== undefined;
    if (facts.mcpVersion === undefined) return;
    this.#mcpVersion = facts.mcpVersion;
    this.#session ??= this.#genAi.startMcpSession({ ...this.#shared(undefined), side: this.#side });
  }

  get #sessionId(): string | undefined {
    return readString(this.#transport.deref(), 'sessionId');
  }

  #shared(mcpVersion: string | undefined) {
    return {
      ...this.#facts,
      sessionId: this.#sessionId,
      mcpVersion: mcpVersion ?? this.#mcpVersion,
    };
  }

  /**
   * The context around a message that came in: on a server that of the HTTP request or of the process. A client reads
   * in whatever context it happened to connect in, so only that of an open call counts, whose answer brings the message.
   */
  #around(): Context {
    const active = context.active();
    const span = trace.getSpanContext(active);
    return this.#side === 'server' || span === undefined || this.sent.hasSpan(span.spanId)
      ? active
      : trace.deleteSpan(active);
  }

  #cancelledBy({ method, params }: OutgoingMessage, calls: OpenCalls): OpenCall | undefined {
    return method === 'notifications/cancelled'
      ? calls.get(readMember(params, 'requestId'))
      : undefined;
  }

  /** `subscriptions/listen` is answered by a notification; what follows on its stream are messages of their own. */
  #acknowledge({ method, params }: OutgoingMessage, calls: OpenCalls): void {
    if (method !== 'notifications/subscriptions/acknowledged') return;
    const id = readMember(readMember(params, '_meta'), 'io.modelcontextprotocol/subscriptionId');
    calls.take(id)?.call.end();
  }
}
