export type { GrpcCall } from './otlp-grpc-sender.ts';
export {
  otlpGrpcDestination,
  type OtlpGrpcDestination,
  type OtlpGrpcOptions,
} from './otlp-grpc-destination.ts';
