import {
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
} from '@llm-otel/llm-conventions';
import { SpanKind, type Tracer } from '@opentelemetry/api';
import { withSpan } from '@llm-otel/core';
import { injectHeaders } from '@llm-otel/propagation';
import type { Charge } from '../billing/charge.ts';

/** Calls the billing service, with the trace context in the request's headers. */
export class BillingClient {
  readonly #url: string;
  readonly #tracer: Tracer;

  constructor(url: string, tracer: Tracer) {
    this.#url = url;
    this.#tracer = tracer;
  }

  charges(invoice: string): Promise<Charge[]> {
    return this.#call<Charge[]>(
      'GET',
      '/charges/{invoice}',
      `/charges/${encodeURIComponent(invoice)}`,
    );
  }

  refund(chargeId: string, reason: string): Promise<{ refundId: string }> {
    return this.#call<{ refundId: string }>('POST', '/refunds', '/refunds', { chargeId, reason });
  }

  #call<T>(method: string, template: string, path: string, body?: unknown): Promise<T> {
    const url = new URL(path, this.#url);
    const attributes = {
      'http.request.method': method,
      'url.template': template,
      [ATTR_SERVER_ADDRESS]: url.hostname,
      [ATTR_SERVER_PORT]: Number(url.port),
    };
    return withSpan(
      this.#tracer,
      `${method} ${template}`,
      { kind: SpanKind.CLIENT, attributes },
      async (span) => {
        const headers = new Headers({ 'content-type': 'application/json' });
        injectHeaders(headers);
        const response = await fetch(url, {
          method,
          headers,
          ...(body !== undefined && { body: JSON.stringify(body) }),
        });
        span.setAttribute(ATTR_HTTP_RESPONSE_STATUS_CODE, response.status);
        if (!response.ok) throw new Error(`billing answered ${response.status}`);
        return (await response.json()) as T;
      },
    );
  }
}
