import { MissingPeerError } from '@llm-otel/core';
import { grpcDestination } from './grpc-destination.ts';
import type { OtlpGrpcDestination, OtlpGrpcOptions } from './otlp-grpc-options.ts';

/**
 * `otlpGrpcDestination`, by `@grpc/grpc-js`, which is loaded here. For code that is bundled, and started, also where that
 * package is not installed.
 * @throws the error of `import()` where it is not
 */
export async function loadOtlpGrpc(): Promise<(options: OtlpGrpcOptions) => OtlpGrpcDestination> {
  const grpc = await import(/* turbopackOptional: true */ '@grpc/grpc-js').catch(rethrow);
  // What webpack in Next.js puts into the place of an optional peer that it does not find is empty.
  if (typeof grpc.Client !== 'function')
    throw new MissingPeerError('@grpc/grpc-js', 'OTLP over gRPC');
  return (options) => grpcDestination(grpc, options);
}

/** A bundler sees by the catch that the package may be missing. */
function rethrow(error: unknown): never {
  throw error;
}
