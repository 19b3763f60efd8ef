export {
  otlpGrpcDestination,
  type OtlpGrpcDestination,
  type OtlpGrpcOptions,
} from './otlp-grpc-destination.ts';
