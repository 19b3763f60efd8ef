export { fileDestination, type FileDestinationOptions } from './file-destination.ts';
export { loadOtlpGrpc } from '../grpc/load-otlp-grpc.ts';
export type { GrpcCall, OtlpGrpcDestination, OtlpGrpcOptions } from '../grpc/otlp-grpc-options.ts';
export { logMemoryLimit, memoryLimit, type MemoryLimitOptions } from './memory-limit.ts';
export { nodeTransport, type NodeTransportOptions } from './node-transport.ts';
export type { ProxyOptions } from './proxy.ts';
export type { TlsOptions } from './tls-options.ts';
