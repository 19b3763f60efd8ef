export type { GrpcCall } from './otlp-grpc-sender.ts';
export type { OtlpGrpcDestination, OtlpGrpcOptions } from './otlp-grpc-options.ts';
export { otlpGrpcDestination } from './otlp-grpc-destination.ts';
