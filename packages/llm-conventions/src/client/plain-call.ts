import { type Attributes, SpanKind } from '@opentelemetry/api';
import { ATTR_SERVER_ADDRESS, ATTR_SERVER_PORT } from '../generated/attributes.ts';
import { Operation } from '../operation.ts';
import type { SignalSource } from '../signals.ts';
import type { ServerAddress } from './server-address.ts';
import type { StartedCall } from './started-call.ts';

export interface PlainCall {
  readonly name: string;
  readonly server: ServerAddress;
  /** `undefined` stands for an attribute that is not known. */
  readonly attributes: Attributes;
  /** What the answer tells. */
  readonly answered?: ((body: unknown) => Attributes) | undefined;
}

/**
 * Starts the span of a call that asks no model for anything, such as one that makes a batch or uploads a file. The
 * conventions have no operation for it. Undefined where spans go nowhere.
 */
export function startPlainCall(
  signals: SignalSource,
  { name, server, attributes, answered }: PlainCall,
): StartedCall | undefined {
  const current = signals();
  if (current.disabled) return undefined;
  const operation = new Operation({ name, kind: SpanKind.CLIENT }, current);
  operation.set(ATTR_SERVER_ADDRESS, server.serverAddress);
  operation.set(ATTR_SERVER_PORT, server.serverPort);
  operation.setAttributes({}, attributes);
  return {
    span: operation.span,
    context: operation.context,
    parsed(body) {
      if (answered !== undefined) operation.setAttributes({}, answered(body));
      operation.end();
    },
    end: () => operation.end(),
    fail: (error) => operation.fail(error),
  };
}
