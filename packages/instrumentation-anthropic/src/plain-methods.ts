import type { Attributes } from '@opentelemetry/api';
import { readList, readMember, readNumber } from '@llm-otel/llm-conventions/client';

/** A method that asks no model for anything. */
export interface PlainMethod {
  readonly path: readonly string[];
  /** The name that the client itself gives to the span, where it makes one. */
  readonly spanName: string;
  readonly request: (argument: unknown) => Attributes;
  readonly answered?: ((body: unknown) => Attributes) | undefined;
}

const nothing = (): Attributes => ({});

const batchId = (id: unknown): Attributes =>
  typeof id === 'string' ? { 'anthropic.message.batch.id': id } : {};

const fileId = (id: unknown): Attributes =>
  typeof id === 'string' ? { 'anthropic.file.id': id } : {};

const messagesMethods: readonly Omit<PlainMethod, 'spanName'>[] = [
  {
    path: ['messages', 'countTokens'],
    request: nothing,
    answered: (body) => ({
      'anthropic.message.count_tokens.input_tokens': readNumber(body, 'input_tokens'),
    }),
  },
  {
    path: ['messages', 'batches', 'create'],
    request: (body) => ({
      'anthropic.message.batch.request_count': readList(body, 'requests').length,
    }),
    answered: (body) => batchId(readMember(body, 'id')),
  },
  { path: ['messages', 'batches', 'retrieve'], request: batchId },
  { path: ['messages', 'batches', 'list'], request: nothing },
  { path: ['messages', 'batches', 'delete'], request: batchId },
  { path: ['messages', 'batches', 'cancel'], request: batchId },
  { path: ['messages', 'batches', 'results'], request: batchId },
];

const filesMethods: readonly Omit<PlainMethod, 'spanName'>[] = [
  {
    path: ['files', 'upload'],
    request: nothing,
    answered: (body) => fileId(readMember(body, 'id')),
  },
  { path: ['files', 'list'], request: nothing },
  { path: ['files', 'delete'], request: fileId },
  { path: ['files', 'download'], request: fileId },
  { path: ['files', 'retrieveMetadata'], request: fileId },
];

/** Observed where the client makes no spans of its own, with the same names. */
export const plainMethods: readonly PlainMethod[] = [...messagesMethods, ...filesMethods].flatMap(
  (method) => [named(method, []), named(method, ['beta'])],
);

function named(
  { path, request, answered }: Omit<PlainMethod, 'spanName'>,
  below: readonly string[],
): PlainMethod {
  const words = path.map((name) => name.replaceAll(/[A-Z]/g, (at) => `_${at.toLowerCase()}`));
  const spanName = ['anthropic', ...words].join('.');
  return { path: [...below, ...path], spanName, request, answered };
}
