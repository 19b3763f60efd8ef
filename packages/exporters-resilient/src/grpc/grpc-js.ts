import type * as grpc from '@grpc/grpc-js';

/**
 * What is used of `@grpc/grpc-js`. Handed on and imported in one place only: the package is optional, and a bundler has to
 * find what is imported statically.
 */
export type GrpcJs = Pick<
  typeof grpc,
  'ChannelCredentials' | 'Client' | 'compressionAlgorithms' | 'Metadata'
>;
