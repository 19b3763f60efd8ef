import { grpcDestination } from './grpc-destination.ts';
import type { OtlpGrpcDestination, OtlpGrpcOptions } from './otlp-grpc-options.ts';

/**
 * `otlpGrpcDestination`, by `@grpc/grpc-js`, which is loaded here. For code that is bundled, and started, also where that
 * package is not installed.
 * @throws the error of `import()` where it is not
 */
export async function loadOtlpGrpc(): Promise<(options: OtlpGrpcOptions) => OtlpGrpcDestination> {
  const grpc = await import(/* turbopackOptional: true */ '@grpc/grpc-js').catch(rethrow);
  return (options) => grpcDestination(grpc, options);
}

/** A bundler sees by the catch that the package may be missing. */
function rethrow(error: unknown): never {
  throw error;
}
