export type { GrpcCall, OtlpGrpcDestination, OtlpGrpcOptions } from './otlp-grpc-options.ts';
export { otlpGrpcDestination } from './otlp-grpc-destination.ts';
