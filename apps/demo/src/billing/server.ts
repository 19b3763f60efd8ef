import { ATTR_HTTP_RESPONSE_STATUS_CODE } from '@llm-otel/llm-conventions';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { DatabaseSync } from 'node:sqlite';
import { type Meter, SpanKind, type Tracer } from '@opentelemetry/api';
import { withSpan } from '@llm-otel/core';
import { extractHeaders, injectEnvelope } from '@llm-otel/propagation';
import { METRIC_BILLING_REFUNDS } from '../generated/metrics.ts';
import { made } from '../made-metric.ts';
import { putMessage } from '../outbox.ts';
import { chargesOf, refundCharge } from './charges.ts';

const SQLITE = {
  'db.system.name': 'sqlite',
  'db.operation.name': 'SELECT',
  'db.collection.name': 'charge',
};

export interface BillingServerOptions {
  readonly database: DatabaseSync;
  readonly tracer: Tracer;
  readonly meter: Meter;
}

/** The billing service: two routes, one of which writes to the outbox. */
export function createBillingServer({ database, tracer, meter }: BillingServerOptions): Server {
  const refunds = meter.createCounter(...made(METRIC_BILLING_REFUNDS));

  const routes: Record<string, (request: IncomingMessage) => Promise<unknown>> = {
    'GET /charges/{invoice}': (request) => {
      const invoice = decodeURIComponent((request.url ?? '').split('/')[2] ?? '');
      return withSpan(
        tracer,
        'SELECT charge',
        { kind: SpanKind.CLIENT, attributes: SQLITE },
        async () => chargesOf(database, invoice),
      );
    },
    'POST /refunds': async (request) => {
      const { chargeId } = JSON.parse(await bodyOf(request)) as { chargeId: string };
      const refundId = `re_${chargeId}`;
      const attributes = {
        'messaging.operation.name': 'send',
        'messaging.destination.name': 'refunds',
      };
      // The message is written in the refund's own transaction: both are kept, or neither.
      const accepted = refundCharge(database, chargeId, () =>
        withSpan(tracer, 'send refunds', { kind: SpanKind.PRODUCER, attributes }, () => {
          putMessage(database, {
            topic: 'refunds',
            body: JSON.stringify({ refundId, chargeId }),
            headers: injectEnvelope({}),
          });
        }),
      );
      if (!accepted) throw new Error(`charge ${chargeId} cannot be refunded`);
      refunds.add(1);
      return { refundId };
    },
  };

  return createServer((request, response) => {
    const route = `${request.method} ${request.url?.startsWith('/charges/') ? '/charges/{invoice}' : request.url}`;
    const handle = routes[route];
    if (handle === undefined) {
      response.writeHead(404).end();
      return;
    }
    const attributes = {
      'http.request.method': request.method ?? '',
      'http.route': route.split(' ')[1] ?? '',
    };
    const parent = extractHeaders(request.headers);
    void withSpan(tracer, route, { kind: SpanKind.SERVER, attributes, parent }, async (span) => {
      const answer = await handle(request);
      span.setAttribute(ATTR_HTTP_RESPONSE_STATUS_CODE, 200);
      answerWith(response, 200, answer);
    }).catch((error: unknown) => answerWith(response, 500, { error: String(error) }));
  });
}

function answerWith(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk as string;
  return body;
}
