import type { Metadata } from '@grpc/grpc-js';
import { InvalidOptionError } from '@llm-otel/core';
import type { SecretHeaders } from '../otlp/secret-headers.ts';
import type { GrpcJs } from './grpc-js.ts';

const NAME = /^[0-9a-z_.-]+$/;
const VALUE = /^[\x20-\x7e]*$/;

/**
 * Headers as metadata of a call; those whose name ends in `-bin` are bytes, given in base64. Throws
 * {@link InvalidOptionError}, without the value, for what HTTP allows and gRPC does not: letters beyond ASCII.
 */
export function metadataOf(
  { Metadata }: Pick<GrpcJs, 'Metadata'>,
  headers: SecretHeaders,
): Metadata {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(headers.reveal())) {
    if (!NAME.test(name) || !VALUE.test(value))
      throw new InvalidOptionError({
        option: `headers[${JSON.stringify(name)}]`,
        value,
        use: 'a name and value that gRPC allows: ASCII, and base64 for a name that ends in -bin',
        secret: true,
      });
    metadata.set(name, name.endsWith('-bin') ? Buffer.from(value, 'base64') : value);
  }
  return metadata;
}
