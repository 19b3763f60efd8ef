import type { Signal } from '@llm-otel/core';
import type { PayloadCodec } from '../spool/spool.ts';
import { RequestPayload } from './request-payload.ts';

/** OTLP requests in the spool: the bytes as they would be sent, before compression. */
export function requestCodec(signal: Signal): PayloadCodec<RequestPayload> {
  return {
    encode: ({ body, items, sensitivity }) => ({ body, items, sensitivity, format: 'protobuf' }),
    decode: ({ body, items, sensitivity, format }) =>
      format === 'protobuf'
        ? RequestPayload.owned(signal, { body, items }, { sensitivity })
        : undefined,
  };
}
