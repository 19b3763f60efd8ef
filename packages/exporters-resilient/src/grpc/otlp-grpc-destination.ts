import * as grpc from '@grpc/grpc-js';
import { grpcDestination } from './grpc-destination.ts';
import type { OtlpGrpcDestination, OtlpGrpcOptions } from './otlp-grpc-options.ts';

/**
 * A receiver that speaks OTLP over gRPC, reached with `@grpc/grpc-js`. All else is as with `otlpDestination`: this is the
 * same delivery. A proxy is taken from `https_proxy` and its like, as grpc-js has it.
 * @throws InvalidOptionError for an option that cannot be used
 */
export function otlpGrpcDestination(options: OtlpGrpcOptions): OtlpGrpcDestination {
  return grpcDestination(grpc, options);
}
